package io.dinrail.connector.api;

/** The one state machine of a connector instance, kept by the host. */
public enum ConnectorState {
    /** Not asked to run, or its bundle is away. */
    STOPPED,
    /** Connecting for the first time. */
    STARTING,
    /** Connected, and its last exchange succeeded. */
    RUNNING,
    /** Not connected; tries again by itself. */
    DEGRADED,
    /** Its configuration is refused; waits until it changes. */
    FAILED,
    /** Crashed too often; waits for a person to start it. */
    QUARANTINED
}
