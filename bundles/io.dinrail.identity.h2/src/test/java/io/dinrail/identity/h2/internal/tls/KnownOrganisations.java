package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Organisations that are there. */
record KnownOrganisations(List<String> ids) implements Organisations {
    @Override
    public Organisation add(Actor by, String displayName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void change(Actor by, Organisation changed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Organisation> list() {
        return ids.stream()
                .map(id -> new Organisation(id, id, List.of(), false, "device", false, 0, Instant.EPOCH))
                .toList();
    }

    @Override
    public Optional<Organisation> find(String idOrAlias) {
        return list().stream().filter(each -> each.id().equals(idOrAlias)).findFirst();
    }
}
