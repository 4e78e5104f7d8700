package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink.Report;
import io.dinrail.connector.opcua.internal.Ledger.Gap;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaServiceFaultException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.jspecify.annotations.Nullable;

/**
 * Fills what is missing after an outage from the server's history: one request at a time beside all else, each value once, told as backfilled. What
 * isn't filled when the connection breaks again is filled over the next one. Safe for many threads.
 */
final class Backfill {
    private static final int MOST_GAPS = 200_000;
    /** Gaps that begin so close to each other are filled with one request. */
    private static final Duration TOGETHER = Duration.ofSeconds(10);

    private final Recovery recovery;
    private final Consumer<List<Report<OpcuaPoint>>> sink;
    private final Deque<Gap> waiting = new ArrayDeque<>();
    private @Nullable HistoryBatch asked;
    private @Nullable Session session;

    Backfill(Recovery recovery, Consumer<List<Report<OpcuaPoint>>> sink) {
        this.recovery = recovery;
        this.sink = sink;
    }

    synchronized void fill(Session on, Gap gap) {
        if (waiting.size() >= MOST_GAPS) {
            recovery.unfilled();
            return;
        }
        waiting.add(gap);
        if (asked == null && session == on) {
            // once the message with the first values is through, so that one request fills many gaps
            on.later(() -> next(on));
        }
    }

    /** Fills over this connection from now on. */
    synchronized void goOn(Session on) {
        session = on;
        if (!waiting.isEmpty()) {
            on.later(() -> next(on));
        }
    }

    /** The connection is gone: what wasn't answered is asked again over the next one. */
    synchronized void pause() {
        session = null;
        if (asked != null) {
            asked.rest().forEach(waiting::addFirst);
            asked = null;
        }
    }

    private void next(Session on) {
        HistoryBatch batch;
        synchronized (this) {
            if (session != on || asked != null || waiting.isEmpty()) {
                return;
            }
            batch = new HistoryBatch(batch(on.limits().nodesPerHistoryRead()));
            asked = batch;
        }
        ask(on, batch);
    }

    private List<Gap> batch(int most) {
        List<Gap> batch = new ArrayList<>();
        Gap first = waiting.getFirst();
        while (batch.size() < most
                && !waiting.isEmpty()
                && Duration.between(first.from(), waiting.getFirst().from())
                                .abs()
                                .compareTo(TOGETHER)
                        <= 0) {
            Gap gap = waiting.removeFirst();
            if (!gap.item().withoutHistory && gap.item().serverId != null) {
                batch.add(gap);
            }
        }
        return batch;
    }

    private void ask(Session on, HistoryBatch batch) {
        if (batch.isDone()) {
            finish(on);
            return;
        }
        on.client()
                .ask(batch.request(on.client()), HistoryReadResponse.class)
                .whenComplete((answer, failure) -> answered(on, batch, answer, failure));
    }

    private void answered(
            Session on, HistoryBatch batch, @Nullable HistoryReadResponse answer, @Nullable Throwable failure) {
        List<Report<OpcuaPoint>> reports = new ArrayList<>();
        synchronized (this) {
            if (asked != batch) {
                return; // the connection broke meanwhile
            }
            HistoryReadResult[] results = answer == null ? null : answer.getResults();
            if (results == null) {
                refused(batch, failure);
            } else {
                batch.answered(results, (gap, result) -> take(on, gap, result, reports));
            }
        }
        if (!reports.isEmpty()) {
            recovery.filled(reports.size());
            sink.accept(reports);
        }
        ask(on, batch);
    }

    private void finish(Session on) {
        synchronized (this) {
            asked = null;
        }
        on.later(() -> next(on));
    }

    /** @return the gap that is left after this result. */
    private Gap take(Session on, Gap gap, HistoryReadResult result, List<Report<OpcuaPoint>> reports) {
        if (result.getStatusCode().isBad()) {
            gap.item().withoutHistory = true;
            recovery.unfilled();
            return gap;
        }
        Gap left = gap;
        for (DataValue value : values(on, result)) {
            Sample sample = on.decoder().sample(value);
            boolean within = sample.sourceTime()
                    .filter(left.from()::isBefore)
                    .filter(gap.to()::isAfter)
                    .isPresent();
            if (within) {
                reports.add(new Report<>(gap.item().point, sample.asBackfilled()));
                left = new Gap(gap.item(), sample.sourceTime().orElseThrow(), gap.to());
            }
        }
        return left;
    }

    private static DataValue[] values(Session on, HistoryReadResult result) {
        if (result.getHistoryData() == null || result.getHistoryData().isNull()) {
            return new DataValue[0];
        }
        return result.getHistoryData().decode(on.client().getStaticEncodingContext()) instanceof HistoryData history
                        && history.getDataValues() != null
                ? history.getDataValues()
                : new DataValue[0];
    }

    // a server without history says so, and is not asked again
    private void refused(HistoryBatch batch, @Nullable Throwable failure) {
        if (UaException.extract(failure).orElse(null) instanceof UaServiceFaultException) {
            batch.rest().forEach(gap -> {
                gap.item().withoutHistory = true;
                recovery.unfilled();
            });
        } else {
            batch.rest().forEach(gap -> recovery.unfilled());
        }
        batch.giveUp();
    }
}
