package io.dinrail.identity.api;

/** What somebody wants to do with a topic. */
public enum Action {
    /** Send messages on it; wills and retained messages too. */
    PUBLISH,
    /** Hear messages on it; for a filter, all that it can match. */
    SUBSCRIBE
}
