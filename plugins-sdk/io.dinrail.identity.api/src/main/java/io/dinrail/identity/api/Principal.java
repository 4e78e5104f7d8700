package io.dinrail.identity.api;

import java.util.List;

/**
 * Somebody who has proved who it is.
 *
 * @param name the login name.
 * @param ruleSet the rule set that its rights come from.
 * @param clientIds the MQTT client ids it may use: exact ones, or a prefix followed by {@code *}; at least one.
 */
public record Principal(String name, String ruleSet, List<String> clientIds) {
    public Principal {
        clientIds = List.copyOf(clientIds);
    }

    /**
     * Tells whether an MQTT client id may be used.
     *
     * @param clientId which.
     * @return whether one of this principal's client ids covers it.
     */
    public boolean mayUseClientId(String clientId) {
        return clientIds.stream()
                .anyMatch(allowed -> allowed.endsWith("*")
                        ? clientId.startsWith(allowed.substring(0, allowed.length() - 1))
                        : clientId.equals(allowed));
    }
}
