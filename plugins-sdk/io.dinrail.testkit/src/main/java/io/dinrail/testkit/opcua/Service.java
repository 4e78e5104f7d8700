package io.dinrail.testkit.opcua;

/** What an answer of a server is an answer to; the numbers are those of OPC 10000-6, A.1. */
public enum Service {
    /** The first word of a connection. */
    ACKNOWLEDGE(0),
    /** A secure channel is opened or renewed. */
    OPEN_CHANNEL(449),
    /** The server refuses, whatever it was asked. */
    FAULT(397),
    /** GetEndpoints. */
    ENDPOINTS(431),
    /** CreateSession. */
    CREATE_SESSION(464),
    /** ActivateSession. */
    ACTIVATE_SESSION(470),
    /** CloseSession. */
    CLOSE_SESSION(476),
    /** Browse. */
    BROWSE(530),
    /** Read. */
    READ(634),
    /** HistoryRead. */
    HISTORY_READ(667),
    /** Write. */
    WRITE(676),
    /** Call. */
    CALL(715),
    /** CreateMonitoredItems. */
    CREATE_ITEMS(754),
    /** DeleteMonitoredItems. */
    DELETE_ITEMS(784),
    /** CreateSubscription. */
    CREATE_SUBSCRIPTION(790),
    /** Publish. */
    PUBLISH(829),
    /** Republish. */
    REPUBLISH(835),
    /** TransferSubscriptions. */
    TRANSFER_SUBSCRIPTIONS(844),
    /** DeleteSubscriptions. */
    DELETE_SUBSCRIPTIONS(850),
    /** Another service, or one that can't be told since the message is encrypted. */
    OTHER(-1);

    private final int number;

    Service(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Service of(int number) {
        for (Service service : values()) {
            if (service.number == number) {
                return service;
            }
        }
        return OTHER;
    }
}
