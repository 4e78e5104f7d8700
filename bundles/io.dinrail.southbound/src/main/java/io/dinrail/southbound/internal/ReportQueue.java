package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.SampleSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * What a device reports waits here for its instance's thread, bounded: of too much the oldest is dropped. Safe for use by many threads.
 *
 * @param <P> the protocol's parsed address.
 */
final class ReportQueue<P> implements SampleSink<P> {
    static final int LONGEST = 50_000;

    private final Runnable wake;
    private final IntConsumer dropped;
    private final Deque<Report<P>> reports = new ArrayDeque<>();
    private Optional<String> lost = Optional.empty();
    private boolean closed;

    ReportQueue(Runnable wake, IntConsumer dropped) {
        this.wake = wake;
        this.dropped = dropped;
    }

    @Override
    public void report(List<Report<P>> batch) {
        synchronized (this) {
            if (closed) {
                return;
            }
            reports.addAll(batch);
            int over = Math.max(0, reports.size() - LONGEST);
            for (int i = 0; i < over; i++) {
                reports.removeFirst();
            }
            dropped.accept(over);
        }
        wake.run();
    }

    @Override
    public void lost(String reason) {
        synchronized (this) {
            lost = closed ? lost : Optional.of(reason);
        }
        wake.run();
    }

    /**
     * Takes all that waits.
     *
     * @throws ConnectorException if the device said that the connection is gone, and nothing waits before that.
     */
    synchronized List<Report<P>> take() throws ConnectorException {
        if (reports.isEmpty() && lost.isPresent()) {
            throw new ConnectorException(Reason.LOST, lost.get());
        }
        List<Report<P>> taken = new ArrayList<>(reports);
        reports.clear();
        return taken;
    }

    /** Takes nothing any more. */
    synchronized void close() {
        closed = true;
        reports.clear();
    }
}
