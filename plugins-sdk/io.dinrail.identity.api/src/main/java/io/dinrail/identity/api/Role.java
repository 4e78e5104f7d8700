package io.dinrail.identity.api;

/** What a person may do on shell and console; each role can do all that those before it can. */
public enum Role {
    /** Looks. */
    VIEWER,
    /** Acknowledges alerts, sends commands, writes tags. */
    OPERATOR,
    /** Changes connectors, tags, devices and rules. */
    ENGINEER,
    /** Changes who may do what, and which plugins run. */
    ADMIN;

    /**
     * Compares.
     *
     * @param other another role.
     * @return whether this one can do all that the other can.
     */
    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }
}
