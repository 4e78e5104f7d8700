package io.dinrail.broker.internal.store;

import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/** What survives of one session. */
final class Session {
    final long number;
    final Queue queue = new Queue();
    final TreeMap<Long, Long> marks = new TreeMap<>();
    final BitSet received = new BitSet(0);
    String client = "";
    byte[] data = {};

    /** Where its newest SESSION and QUEUE stand and how large they are; -1 when there is none. */
    int dataSegment = -1;

    int dataSize;
    int queueSegment = -1;
    int queueSize;

    Session(long number) {
        this.number = number;
    }

    void encodeData(Bytes into) {
        encodeData(into, number, client, data);
    }

    static void encodeData(Bytes into, long number, String client, byte[] data) {
        into.begin(Kind.SESSION).varint(number).text(client).rest(data).end();
    }

    void encodeQueue(Bytes into) {
        into.begin(Kind.QUEUE).varint(number).varint(queue.next());
        List<long[]> runs = queue.runs();
        into.varint(runs.size());
        long before = 0;
        for (long[] run : runs) {
            into.varint(run[0] - before).varint(run[1] - run[0]);
            before = run[1];
        }
        into.varint(marks.size());
        marks.forEach((order, value) -> into.varint(order).varint(value));
        into.varint(received.cardinality());
        received.stream().forEach(into::varint);
        into.end();
    }
}
