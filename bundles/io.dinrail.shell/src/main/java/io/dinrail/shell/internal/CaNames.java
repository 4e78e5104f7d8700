package io.dinrail.shell.internal;

import io.dinrail.identity.api.ClientCertificates;
import java.util.List;
import java.util.stream.Stream;

/** Completes imported CAs. */
final class CaNames extends Ids {
    CaNames(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(ClientCertificates.class).map(ClientCertificates::trusted).orElse(List.of()).stream()
                .map(ClientCertificates.TrustedCa::name);
    }
}
