package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import java.util.List;
import java.util.stream.Stream;

/** Completes credentials. */
final class CredentialNames extends Ids {
    CredentialNames(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(Credentials.class).map(Credentials::list).orElse(List.of()).stream()
                .map(Credential::name);
    }
}
