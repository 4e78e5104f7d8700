package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.model.api.Quality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What an instance's thread does while it is connected: writes first, then reads asked for, then reports and polls. For that thread only. */
final class ServeLoop {
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);
    /** Between two polls, so that many writes don't keep polls waiting for long. */
    private static final int REQUESTS_A_TURN = 10;

    private final InstanceContext context;
    private final Session<?> session;
    private final Writer writer;
    private final BooleanSupplier active;
    private final PollSchedule schedule = new PollSchedule();
    private Map<Duration, List<TagState>> byPeriod = Map.of();
    private long probedAt;
    private volatile Runnable giveUp = () -> {};

    ServeLoop(InstanceContext context, ConnectorMaker.Made made, BooleanSupplier active) {
        this.context = context;
        this.session = made.session();
        this.writer = new Writer(context, session, made.settings().readbackWait());
        this.active = active;
    }

    /** Has the first exchange on a fresh connection; when it succeeded the instance runs. */
    void begin() throws ConnectorException {
        tagsChanged();
        schedule.restart(context.time().nanos());
        poll();
        if (active.getAsBoolean()) {
            context.mailbox().open();
            context.life().connected();
            context.reachable()
                    .now(context.board().all().stream().map(TagState::spec).toList());
        }
    }

    /** Takes over the tags that are on the board now. */
    void tagsChanged() throws ConnectorException {
        List<TagState> readable = context.board().all().stream()
                .filter(tag -> tag.spec().access().reads())
                .toList();
        if (session.subscribes()) {
            session.subscribe();
            probedAt = context.time().nanos();
            return;
        }
        byPeriod = readable.stream()
                .collect(Collectors.groupingBy(tag -> tag.spec().poll()));
        schedule.use(byPeriod.keySet(), context.time().nanos());
    }

    /** Waits for the next thing to do, and does all that is due. */
    void turn() throws ConnectorException, InterruptedException {
        context.mailbox().await(rest());
        serveWrites();
        serveReads();
        if (session.subscribes()) {
            accept(session.reported());
            probe();
        }
        poll();
    }

    /** Answers the request under way, since its thread is given up; for any thread. */
    void abandon() {
        giveUp.run();
    }

    private long rest() {
        long now = context.time().nanos();
        long longest = session.subscribes() ? TagLimits.PROBE.toNanos() - (now - probedAt) : LONGEST_REST.toNanos();
        return Math.min(longest, schedule.untilNext(now).orElse(longest));
    }

    private void serveWrites() throws ConnectorException, InterruptedException {
        for (int served = 0; served < REQUESTS_A_TURN && active.getAsBoolean(); served++) {
            Optional<WriteRequest> next = context.mailbox().nextWrite();
            if (next.isEmpty()) {
                return;
            }
            WriteRequest request = next.get();
            giveUp = () -> request.unverified("the connector hung while it was written: read the tag");
            writer.write(request);
        }
    }

    private void serveReads() throws ConnectorException {
        for (int served = 0; served < REQUESTS_A_TURN && active.getAsBoolean(); served++) {
            Optional<ReadRequest> next = context.mailbox().nextRead();
            if (next.isEmpty()) {
                return;
            }
            ReadRequest request = next.get();
            giveUp = () -> request.result().complete(context.board().unreachable(request.tag()));
            read(request);
        }
    }

    private void read(ReadRequest request) throws ConnectorException {
        try {
            Sample sample = readOrRefused(List.of(request.tag())).get(0).sample();
            if (active.getAsBoolean()) {
                request.result().complete(context.board().acceptAsked(request.tag(), sample));
            }
        } finally {
            // only left open if the connection was lost
            request.result().complete(context.board().unreachable(request.tag()));
        }
    }

    private void poll() throws ConnectorException {
        List<TagState> tags = new ArrayList<>();
        for (Duration period : schedule.due(context.time().nanos())) {
            tags.addAll(byPeriod.getOrDefault(period, List.of()));
        }
        context.counters().add(Counter.OVERRUNS, schedule.takeOverruns());
        if (!tags.isEmpty()) {
            accept(readOrRefused(tags));
        }
    }

    /** A device that refuses the whole request is there, but has no values. */
    private List<TagBoard.Sampled> readOrRefused(List<TagState> tags) throws ConnectorException {
        try {
            return session.read(tags);
        } catch (ConnectorException e) {
            if (e.reason() != Reason.REFUSED) {
                throw e;
            }
            return tags.stream()
                    .map(tag -> new TagBoard.Sampled(tag, Sample.bad(Quality.DEVICE_FAILURE)))
                    .toList();
        }
    }

    private void accept(List<TagBoard.Sampled> samples) {
        // a thread that was given up while it read must not tell what it read
        if (active.getAsBoolean() && !samples.isEmpty()) {
            context.board().accept(samples);
        }
    }

    private void probe() throws ConnectorException {
        if (!context.time().passed(probedAt, TagLimits.PROBE)) {
            return;
        }
        probedAt = context.time().nanos();
        session.probe();
        context.board().heard();
        if (context.board().counts().stale() > 0) {
            session.subscribe(); // what is stale is asked for again: a probe alone says nothing about it
        }
    }
}
