package io.dinrail.command.api;

/** Where a command stands; only ever moves forward. */
public enum CommandState {
    /** Stored; not yet handed to its target. */
    ACCEPTED,
    /** Handed to its target. */
    SENT,
    /** The target has it. */
    DELIVERED,
    /** The device says that it works on it. */
    ACKNOWLEDGED,
    /** The device did it. */
    SUCCEEDED,
    /** The device could not do it. */
    FAILED,
    /** The device or its connector would not do it. */
    REJECTED,
    /** It was not done in time. */
    EXPIRED,
    /** Somebody took it back. */
    CANCELLED;

    /** @return whether nothing follows. */
    public boolean isFinal() {
        return ordinal() >= SUCCEEDED.ordinal();
    }
}
