package io.dinrail.shell.internal;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;

/** Organisations as people name them. */
final class Orgs {
    private Orgs() {}

    /** @return the id of what is an id or an alias. */
    static String id(Services services, String idOrAlias) throws Refused {
        if (idOrAlias.equals(Organisation.DEFAULT)) {
            return idOrAlias;
        }
        return known(services, idOrAlias).id();
    }

    static Organisation known(Services services, String idOrAlias) throws Refused {
        return services.require(Organisations.class)
                .find(idOrAlias)
                .orElseThrow(() -> new Refused(
                        "organisation '" + idOrAlias + "' is unknown: dinrail:organisation-list shows the known ones"));
    }

    static Organisation disabled(Organisation before, boolean disabled) {
        return new Organisation(
                before.id(),
                before.displayName(),
                before.aliases(),
                disabled,
                before.defaultRuleSet(),
                before.closesOnRefusedPublish(),
                before.maxConnections(),
                before.createdAt());
    }
}
