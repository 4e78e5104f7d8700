package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Organisation;
import java.util.List;

/**
 * A connection that need not exist: nothing is known of it but what was asked about.
 *
 * @param name of the principal.
 * @param organisation whose.
 * @param clientId the client id.
 */
record SimulatedFacts(String name, String organisation, String clientId) implements Facts {
    static SimulatedFacts of(String login, String clientId) {
        int at = login.lastIndexOf('@');
        return at < 0
                ? new SimulatedFacts(login, Organisation.DEFAULT, clientId)
                : new SimulatedFacts(login.substring(0, at), login.substring(at + 1), clientId);
    }

    @Override
    public List<String> attribute(String variable) {
        return List.of();
    }

    @Override
    public List<String> claim(String claim) {
        return List.of();
    }
}
