package io.dinrail.broker.internal.session;

import java.util.concurrent.atomic.LongAdder;

/** What the broker counts as it goes; safe for use by many threads. */
final class Counters {
    /** Messages taken from clients. */
    final LongAdder received = new LongAdder();
    /** Bytes of their payloads. */
    final LongAdder receivedBytes = new LongAdder();
    /** Messages sent to clients. */
    final LongAdder sent = new LongAdder();
    /** Messages published by the platform. */
    final LongAdder published = new LongAdder();
    /** Messages whose own time was over before they could be sent. */
    final LongAdder expired = new LongAdder();
    /** Clients connected now. */
    final LongAdder connected = new LongAdder();
}
