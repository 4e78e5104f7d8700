package io.dinrail.identity.h2.internal.audit;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;

/** Where the rest of identity leaves its traces. Never blocks, never throws; replaces control characters itself. */
public interface Trail {
    /**
     * Somebody changed something.
     *
     * @param by who.
     * @param kind such as {@code credential.issued}.
     * @param subject what it was done to.
     * @param detail more; never a secret.
     */
    void changed(Actor by, String kind, String subject, String detail);

    /**
     * A login was refused: always counted, written down as long as there are not too many.
     *
     * @param login the name presented, whatever it holds.
     * @param address where from.
     * @param why in a word or two, such as {@code wrong}, {@code expired}, {@code throttled}.
     */
    void refused(String login, String address, String why);

    /**
     * Something was denied to a connection: always counted; the caller sees to it that it comes here once a minute for each topic at most.
     *
     * @param login who.
     * @param clientId its client id.
     * @param address where from.
     * @param action what.
     * @param topic the topic or filter, whatever it holds.
     */
    void denied(String login, String clientId, String address, Action action, String topic);
}
