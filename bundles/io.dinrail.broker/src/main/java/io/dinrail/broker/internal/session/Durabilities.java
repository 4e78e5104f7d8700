package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.store.Durability;
import java.util.Map;

/**
 * When a message counts as stored.
 *
 * @param usual for an organisation that isn't named.
 * @param ofOrganisations by their ids.
 */
public record Durabilities(Durability usual, Map<String, Durability> ofOrganisations) {
    /** For everybody when the disk has it. */
    public static final Durabilities FORCED = new Durabilities(Durability.FORCED, Map.of());

    Durability of(String organisation) {
        return ofOrganisations.getOrDefault(organisation, usual);
    }
}
