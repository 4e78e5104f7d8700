package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;
import java.util.Optional;

/** How requests and answers are packed. Remembers whose answers may still come late. For one thread. */
interface Framing {
    /** @return the bytes to send. */
    byte[] frame(Exchange exchange);

    /**
     * Waits for the answer to one of some exchanges; drops late answers to others on the way.
     *
     * @param in what came.
     * @param pending those in flight, the oldest first.
     * @param deadline of {@link System#nanoTime()}.
     * @return how one of them ended; empty if none did in time.
     * @throws Violation if something came that is no answer to any of them.
     */
    Optional<Outcome> receive(Inbox in, Pending pending, long deadline) throws Violation, IOException;

    /** Remembers that the answer to an exchange may still come, now that nobody waits for it. */
    void expired(Exchange exchange);

    /**
     * Looks at what came since the last exchange, before the next is sent.
     *
     * @throws Violation if it is nothing that is merely late.
     */
    void clear(Inbox in) throws Violation, IOException;

    /** @return whether the answer to a late request could be taken for the answer to the next one to this unit. */
    boolean isAmbiguous(int unit);

    /** @return a read of this unit to which no late answer could be taken for the right one; empty if none is known. */
    Optional<Request> unlikeLate(int unit);

    /** Takes back {@link #isAmbiguous}: nothing late can come from this unit any more. */
    void settled(int unit);

    /** @return whether {@link #isAmbiguous} can ever be. */
    boolean canBeAmbiguous();

    /** Forgets what can't come any more on a new connection. */
    void reconnected();
}
