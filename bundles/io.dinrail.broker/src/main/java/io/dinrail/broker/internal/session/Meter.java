package io.dinrail.broker.internal.session;

import io.dinrail.messaging.api.Traffic;
import java.util.concurrent.atomic.LongAdder;

/** Counts messages and their bytes; safe for use by many threads. */
final class Meter {
    private final LongAdder received = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();

    void received(int bytes) {
        received.increment();
        receivedBytes.add(bytes);
    }

    void sent(int bytes) {
        sent.increment();
        sentBytes.add(bytes);
    }

    Traffic traffic() {
        return new Traffic(received.sum(), receivedBytes.sum(), sent.sum(), sentBytes.sum());
    }
}
