package io.dinrail.broker.moquette.internal;

/** A packet after which the connection can't go on. No stack: it says nothing about this program. */
final class Malformed extends Exception {
    /** Reason codes of MQTT 5.0, section 3.14.2.1. */
    static final int PACKET = 0x81;

    static final int PROTOCOL = 0x82;
    static final int TOPIC_NAME = 0x90;
    static final int TOPIC_ALIAS = 0x94;
    static final int TOO_LARGE = 0x95;

    private static final long serialVersionUID = 1L;

    private final int code;

    Malformed(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String loss() {
        return code == TOO_LARGE ? "packet.too-large" : "packet.malformed";
    }
}
