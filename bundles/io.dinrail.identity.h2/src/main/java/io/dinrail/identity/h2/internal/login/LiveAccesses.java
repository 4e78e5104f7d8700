package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.AccessListener.End;

/**
 * The open connections by what they rest on. Roots are texts: {@code organisation:ID}, {@code credential:ORG/NAME}, {@code rules:ORG/SET},
 * {@code device:NAME}, {@code key:ID}, {@code token:ID}, {@code certificate:SHA-256}, {@code ca:NAME}, {@code enrolment:ORG/NAME}. Safe for use by
 * many threads; returns at once, listeners are called on identity's thread.
 */
public interface LiveAccesses {
    /**
     * Ends all that rests on a root. To be called after the cause is in force.
     *
     * @param root which.
     * @param why what happened.
     */
    void end(String root, End why);

    /**
     * Fills the rights of all that rests on a root in anew, and tells their listeners.
     *
     * @param root which.
     */
    void changed(String root);
}
