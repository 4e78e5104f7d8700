package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Decision;

/** Rules with every variable filled in: what one connection may do. Immutable; decides without allocating. */
public interface Rights {
    /** Nothing at all. */
    Rights NONE = new NoRights("no rule set is in force");

    /**
     * Decides.
     *
     * @param action what.
     * @param topic the topic; for {@link Action#SUBSCRIBE} a filter without its {@code $share/group/} prefix. Anything malformed is denied.
     * @return whether a rule allows it, for all that a filter can match.
     */
    boolean may(Action action, String topic);

    /**
     * Decides about a delivery.
     *
     * @param topic of the message; where it begins with {@code $} or a reserved prefix, a rule must name that prefix.
     * @return whether a message on it may be received.
     */
    boolean mayReceive(String topic);

    /**
     * Decides as {@link #may}, and says why.
     *
     * @param action what.
     * @param topic the topic or filter.
     * @return the decision.
     */
    Decision explain(Action action, String topic);
}
