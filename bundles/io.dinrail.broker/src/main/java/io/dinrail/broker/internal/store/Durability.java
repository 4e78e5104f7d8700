package io.dinrail.broker.internal.store;

/** What must have happened before a receipt is told. */
public enum Durability {
    /** Forced to stable storage: survives a loss of power. */
    FORCED,
    /** Handed to the operating system: survives the end of this process, not a loss of power in the next second. */
    WRITTEN
}
