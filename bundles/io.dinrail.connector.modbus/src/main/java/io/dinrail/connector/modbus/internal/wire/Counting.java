package io.dinrail.connector.modbus.internal.wire;

/** Hears what happens on a wire, to count it; called by the wire's thread. */
public interface Counting {
    /** A request was sent. */
    void sent(int bytes);

    /** An answer came, right or a refusal, so long after its request. */
    void answered(int bytes, long nanos);

    /** A request had no answer in time. */
    void silent();

    /** An answer came when nobody waited for it any more, and was dropped. */
    void late();

    /** The other side broke the protocol. */
    void violated(Fault fault);
}
