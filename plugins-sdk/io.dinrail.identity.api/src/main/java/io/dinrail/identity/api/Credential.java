package io.dinrail.identity.api;

import java.time.Instant;
import java.util.List;

/**
 * A credential without its secret.
 *
 * @param name the login name.
 * @param ruleSet its rule set.
 * @param clientIds the MQTT client ids it may use.
 * @param createdAt when it was issued, in UTC.
 */
public record Credential(String name, String ruleSet, List<String> clientIds, Instant createdAt) {
    public Credential {
        clientIds = List.copyOf(clientIds);
    }
}
