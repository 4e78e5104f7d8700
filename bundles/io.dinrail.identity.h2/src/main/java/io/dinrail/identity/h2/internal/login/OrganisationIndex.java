package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Organisation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The organisations by id and alias; changed by one at a time, read by many. */
final class OrganisationIndex {
    private static final Comparator<Organisation> ORDER = Comparator.comparing(
                    (Organisation each) -> !each.id().equals(Organisation.DEFAULT))
            .thenComparing(Organisation::id);

    private volatile Map<String, Organisation> byName = Map.of();

    private OrganisationIndex() {}

    /** The default one is made anew should its row be missing: without it nobody, not even its owner, has an organisation. */
    static OrganisationIndex load(OrganisationTable table, Instant now) throws SQLException {
        OrganisationIndex index = new OrganisationIndex();
        List<Organisation> all = table.all();
        if (all.stream().noneMatch(each -> each.id().equals(Organisation.DEFAULT))) {
            Organisation own = new Organisation(
                    Organisation.DEFAULT, "this plant", List.of(), false, Credentials.DEVICE, false, 0, now);
            table.insert(own);
            index.add(List.of(own));
        }
        index.add(all);
        return index;
    }

    Optional<Organisation> find(String idOrAlias) {
        return Optional.ofNullable(byName.get(idOrAlias));
    }

    List<Organisation> list() {
        return byName.values().stream().distinct().sorted(ORDER).toList();
    }

    void put(Organisation organisation) {
        add(List.of(organisation));
    }

    private void add(Collection<Organisation> many) {
        Map<String, Organisation> next = new HashMap<>(byName);
        for (Organisation each : many) {
            next.values().removeIf(old -> old.id().equals(each.id()));
            each.aliases().forEach(alias -> next.put(alias, each));
        }
        many.forEach(each -> next.put(each.id(), each)); // whatever a damaged alias says, an id is its owner's
        byName = next;
    }
}
