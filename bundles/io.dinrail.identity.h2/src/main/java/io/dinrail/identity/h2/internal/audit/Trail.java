package io.dinrail.identity.h2.internal.audit;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;

/** Where the rest of identity leaves its traces. Never throws; replaces control characters itself. */
public interface Trail {
    /**
     * Somebody changed something. Waits until that is in the store, so that whoever hears that it is done finds its trace even if the platform is killed; two
     * seconds at most, and not while the store fails. Not for threads of connections or events.
     *
     * @param by who.
     * @param kind such as {@code credential.issued}.
     * @param subject what it was done to.
     * @param detail more; never a secret.
     */
    void changed(Actor by, String kind, String subject, String detail);

    /**
     * As {@link #changed}, and returns at once: the next change that is waited for waits for this one too.
     *
     * @param by who.
     * @param kind such as {@code credential.issued}.
     * @param subject what it was done to.
     * @param detail more; never a secret.
     */
    void noted(Actor by, String kind, String subject, String detail);

    /**
     * A login was refused, and this returns at once: always counted, written down as long as there are not too many.
     *
     * @param login the name presented, whatever it holds.
     * @param address where from.
     * @param why in a word or two, such as {@code wrong}, {@code expired}, {@code throttled}.
     */
    void refused(String login, String address, String why);

    /**
     * Something was denied to a connection, and this returns at once: always counted; the caller sees to it that it comes here once a minute for each topic at most.
     *
     * @param login who.
     * @param clientId its client id.
     * @param address where from.
     * @param action what.
     * @param topic the topic or filter, whatever it holds.
     */
    void denied(String login, String clientId, String address, Action action, String topic);
}
