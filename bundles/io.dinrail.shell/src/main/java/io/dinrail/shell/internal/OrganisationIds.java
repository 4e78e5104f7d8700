package io.dinrail.shell.internal;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import java.util.List;
import java.util.stream.Stream;

/** Completes organisations. */
final class OrganisationIds extends Ids {
    OrganisationIds(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(Organisations.class).map(Organisations::list).orElse(List.of()).stream()
                .map(Organisation::id);
    }
}
