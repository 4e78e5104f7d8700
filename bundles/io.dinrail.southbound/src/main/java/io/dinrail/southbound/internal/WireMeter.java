package io.dinrail.southbound.internal;

import io.dinrail.connector.api.Meter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What went over the wire of one instance. As long as its connector doesn't count by itself, its calls are counted instead. Safe for use by many
 * threads.
 */
final class WireMeter implements Meter {
    private final LongAdder requests = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final Kinds invalid = new Kinds();
    private final Kinds refused = new Kinds();
    private final RoundTrips roundTrips = new RoundTrips();
    private volatile boolean counts;

    @Override
    public void requested(int bytes) {
        if (!counts) {
            counts = true;
            requests.reset(); // those were calls
            answers.reset();
        }
        requests.increment();
        bytesOut.add(bytes);
    }

    @Override
    public void answered(int bytes, long nanos) {
        answers.increment();
        bytesIn.add(bytes);
        roundTrips.add(nanos);
    }

    @Override
    public void timedOut() {
        timeouts.increment();
    }

    @Override
    public void invalid(String kind) {
        invalid.add(kind);
    }

    @Override
    public void refused(String code) {
        refused.add(code);
    }

    /** One call into the connector began; it is a request if the connector doesn't count. */
    void called() {
        if (!counts) {
            requests.increment();
        }
    }

    /** One call into the connector succeeded. */
    void returned(long nanos) {
        if (!counts) {
            answers.increment();
            roundTrips.add(nanos);
        }
    }

    void show(Map<String, Long> view) {
        view.put("requests", requests.sum());
        view.put("answers", answers.sum());
        view.put("timeouts", timeouts.sum());
        view.put("bytesIn", bytesIn.sum());
        view.put("bytesOut", bytesOut.sum());
        view.put("invalid", invalid.sum());
        view.put("refused", refused.sum());
        invalid.show("invalid", view);
        refused.show("refused", view);
        long[] quantiles = roundTrips.quantiles(0.5, 0.99);
        view.put("roundTripP50Micros", TimeUnit.NANOSECONDS.toMicros(quantiles[0]));
        view.put("roundTripP99Micros", TimeUnit.NANOSECONDS.toMicros(quantiles[1]));
    }
}
