package io.dinrail.broker.moquette.internal;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.Principal;
import io.moquette.broker.MoquetteCore;
import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all guards share.
 *
 * @param identity decides.
 * @param clients who is there.
 * @param audience who listens inside.
 * @param presence tells the bus.
 * @param losses counts.
 * @param received counts the messages taken.
 * @param core the engine.
 * @param largestPacket in bytes.
 * @param clock tells the time.
 */
record Hall(
        Identity identity,
        Clients clients,
        Audience audience,
        Presence presence,
        Losses losses,
        LongAdder received,
        MoquetteCore core,
        int largestPacket,
        Clock clock) {
    /** @return the decision; no, if it could not be made. */
    boolean allows(Principal principal, Action action, String topic) {
        try {
            return identity.authorise(principal, action, topic);
        } catch (RuntimeException e) {
            losses.count("identity.failed", principal.name(), "no decision about " + topic + ", so it is refused", e);
            return false;
        }
    }
}
