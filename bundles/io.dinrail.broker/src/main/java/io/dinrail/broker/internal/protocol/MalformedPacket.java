package io.dinrail.broker.internal.protocol;

/** What came in is not a packet that may come in here: the connection ends, with this reason where the version has reasons. */
public final class MalformedPacket extends Exception {
    private static final long serialVersionUID = 1L;

    private final ReasonCode reason;

    private MalformedPacket(ReasonCode reason, String sentence) {
        // No stack trace: strangers send these, and the sentence says all.
        super(sentence, null, false, false);
        this.reason = reason;
    }

    static MalformedPacket malformed(String sentence) {
        return new MalformedPacket(ReasonCode.MALFORMED_PACKET, sentence);
    }

    static MalformedPacket protocolError(String sentence) {
        return new MalformedPacket(ReasonCode.PROTOCOL_ERROR, sentence);
    }

    /**
     * Makes one for what only a session can see.
     *
     * @param reason for DISCONNECT.
     * @param sentence what is wrong.
     * @return the exception, to be thrown.
     */
    public static MalformedPacket because(ReasonCode reason, String sentence) {
        return new MalformedPacket(reason, sentence);
    }

    /**
     * Gives the code for DISCONNECT, or for CONNACK when it was the CONNECT that is refused.
     *
     * @return the reason code, an error.
     */
    public ReasonCode reason() {
        return reason;
    }
}
