package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.Audience;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Offices;
import io.dinrail.broker.front.Presence;
import io.dinrail.broker.front.Settings;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Identity;
import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all guards share.
 *
 * @param identity decides who is let in.
 * @param offices know what else is known of who was.
 * @param spaces the engines, one for each organisation.
 * @param clients who is there.
 * @param audience who listens inside.
 * @param presence tells the bus.
 * @param wills publishes what was left to be said.
 * @param losses counts.
 * @param received counts the messages taken.
 * @param settings the limits.
 * @param clock tells the time.
 */
record Hall(
        Identity identity,
        Offices offices,
        Spaces spaces,
        Clients clients,
        Audience audience,
        Presence presence,
        Wills wills,
        Losses losses,
        LongAdder received,
        Settings settings,
        Clock clock) {
    /** @return the decision; no, if it could not be made. */
    boolean allows(Client client, Action action, String topic) {
        try {
            return client.access().may(action, topic);
        } catch (RuntimeException e) {
            return undecided(client, topic, e);
        }
    }

    /** @return whether a message may go out to a client; not, if that could not be decided. */
    boolean delivers(Client client, String topic) {
        try {
            return client.access().mayReceive(topic);
        } catch (RuntimeException e) {
            return undecided(client, topic, e);
        }
    }

    private boolean undecided(Client client, String topic, RuntimeException e) {
        losses.count("identity.failed", client.shownId(), "no decision about " + topic + ", so it is refused", e);
        return false;
    }
}
