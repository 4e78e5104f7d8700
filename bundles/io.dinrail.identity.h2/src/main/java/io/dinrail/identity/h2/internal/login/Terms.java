package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be changed about a credential besides its secrets.
 *
 * @param kind what has it.
 * @param displayName for people.
 * @param ruleSet its rule set.
 * @param clientIds which client ids it may use.
 * @param role of a person.
 * @param disabled whether it is kept out.
 * @param expiresAt when it ends.
 */
record Terms(
        Principal.Kind kind,
        String displayName,
        String ruleSet,
        List<String> clientIds,
        Optional<Role> role,
        boolean disabled,
        Optional<Instant> expiresAt) {
    Terms {
        clientIds = List.copyOf(clientIds);
    }

    static Principal.Kind kindOf(String ruleSet) {
        return switch (ruleSet) {
            case Credentials.DEVICE -> Principal.Kind.DEVICE;
            case Credentials.GATEWAY -> Principal.Kind.GATEWAY;
            default -> Principal.Kind.BACKEND;
        };
    }

    /** A device and a gateway have one session each; programs and people may have several. */
    static List<String> usualClientIds(Principal.Kind kind, String name) {
        boolean one = kind == Principal.Kind.DEVICE || kind == Principal.Kind.GATEWAY;
        return one ? List.of(name) : List.of(name, name + "-*");
    }

    Terms disabled(boolean now) {
        return new Terms(kind, displayName, ruleSet, clientIds, role, now, expiresAt);
    }

    Terms role(Role now) {
        return new Terms(kind, displayName, ruleSet, clientIds, Optional.of(now), disabled, expiresAt);
    }

    /** Client ids that were the usual ones follow the kind; others were asked for and stay. */
    Terms changed(String name, String nextDisplayName, String nextRuleSet, Optional<Instant> nextExpiry) {
        Principal.Kind next = kindOf(nextRuleSet);
        List<String> ids = clientIds.equals(usualClientIds(kind, name)) ? usualClientIds(next, name) : clientIds;
        return new Terms(next, nextDisplayName, nextRuleSet, ids, role, disabled, nextExpiry);
    }
}
