package io.dinrail.connector.modbus.internal.wire;

/** How an exchange ended on a connection that is still well. */
public sealed interface Outcome {
    /** @return which exchange. */
    Exchange exchange();

    /**
     * A right answer.
     *
     * @param exchange which.
     * @param data what was read; nothing of a write.
     */
    record Answered(Exchange exchange, byte[] data) implements Outcome {}

    /**
     * A right answer that says no.
     *
     * @param exchange which.
     * @param code the exception code.
     */
    record Refused(Exchange exchange, int code) implements Outcome {}

    /**
     * No answer within the timeout.
     *
     * @param exchange which.
     */
    record Silent(Exchange exchange) implements Outcome {}
}
