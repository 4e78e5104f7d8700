package io.dinrail.event.api;

/** Every topic of the bus. */
public final class Topics {
    /** Readings were numbered and kept: {@link ReadingsRecorded}. */
    public static final String READING_RECORDED = "io/dinrail/reading/RECORDED";
    /** A connector's state changed: {@link ConnectorChanged}; the last word is STARTED, STOPPED, FAILED, DEGRADED, RECOVERED or QUARANTINED. */
    public static final String CONNECTOR = "io/dinrail/connector/";
    /** A device connected to or left the broker: {@link DevicePresence}; the last word is ONLINE or OFFLINE. It changed in the register:
     * {@link DeviceChanged}; the last word is ADDED, CHANGED or REMOVED. */
    public static final String DEVICE = "io/dinrail/device/";
    /** A credential changed: {@link CredentialChanged}; the last word is ISSUED, CHANGED, DISABLED, ENABLED or REVOKED. */
    public static final String CREDENTIAL = "io/dinrail/credential/";
    /** An alert changed: {@link AlertChanged}; the last word is RAISED, ACKNOWLEDGED or CLEARED. */
    public static final String ALERT = "io/dinrail/alert/";
    /** A command changed: {@link CommandChanged}; the last word is the state reached. */
    public static final String COMMAND = "io/dinrail/command/";

    private Topics() {}
}
