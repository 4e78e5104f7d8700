package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.model.api.Quality;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an instance's thread does while it is connected: writes first, then what was asked for, then reports and polls. For that thread only. */
final class ServeLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ServeLoop.class);
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);
    /** Between two polls, so that many writes don't keep polls waiting for long. */
    private static final int REQUESTS_A_TURN = 10;

    private final InstanceContext context;
    private final Session<?> session;
    private final Writer writer;
    private final BooleanSupplier active;
    private long probedAt;
    private volatile Runnable giveUp = () -> {};

    ServeLoop(InstanceContext context, ConnectorMaker.Made made, BooleanSupplier active) {
        this.context = context;
        this.session = made.session();
        this.writer = new Writer(context, session, made.settings().readbackWait());
        this.active = active;
    }

    /** Has the first exchange on a fresh connection; when it succeeded the instance runs. */
    void begin() throws ConnectorException, InterruptedException {
        session.lanes().reopened(context.random().getAsDouble());
        tagsChanged();
        pollAll();
        if (active.getAsBoolean()) {
            context.life().connected();
            context.life().remark(session.lanes().trouble());
            context.mailbox().open();
            context.passBack();
            reachable(context.board().all().stream()
                    .filter(tag -> tag.lane().isUp())
                    .toList());
        }
    }

    private void reachable(List<TagState> tags) {
        context.reachable().now(tags.stream().map(TagState::spec).toList());
    }

    /** Takes over the tags that are on the board now. */
    void tagsChanged() throws ConnectorException {
        if (session.subscribes()) {
            session.subscribe();
            probedAt = context.time().nanos();
        }
    }

    /** Waits for the next thing to do, and does all that is due. */
    void turn() throws ConnectorException, InterruptedException {
        context.mailbox().await(rest());
        serveWrites();
        serveReads();
        serveErrands();
        if (session.subscribes()) {
            takeReports();
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
        return Math.min(longest, session.lanes().untilNext().orElse(longest));
    }

    private void serveWrites() throws ConnectorException, InterruptedException {
        for (int served = 0; served < REQUESTS_A_TURN && active.getAsBoolean(); served++) {
            Optional<WriteRequest> next = context.mailbox().nextWrite();
            if (next.isEmpty()) {
                return;
            }
            write(next.get());
        }
    }

    private void write(WriteRequest request) throws ConnectorException, InterruptedException {
        Lane lane = request.tag().lane();
        if (lane.rests()) {
            context.handBack(request, lane.name() + " is down: " + lane.reason());
            return;
        }
        giveUp = () -> request.unverified("the connector hung while it was written: read the tag");
        long began = context.time().nanos();
        try {
            if (writer.write(request) && active.getAsBoolean()) {
                laneAnswered(lane);
            }
        } catch (ConnectorException e) {
            laneFailed(lane, e);
        } finally {
            session.lanes().heldUp(lane, context.time().nanos() - began);
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
        Lane lane = request.tag().lane();
        long began = context.time().nanos();
        try {
            if (!lane.rests()) {
                Sample sample = session.readOrRefused(request.tag());
                if (active.getAsBoolean()) {
                    request.result().complete(context.board().acceptAsked(request.tag(), sample));
                    laneAnswered(lane);
                }
            }
        } catch (ConnectorException e) {
            laneFailed(lane, e);
        } finally {
            session.lanes().heldUp(lane, context.time().nanos() - began);
            // only left open if the device could not be asked
            request.result().complete(context.board().unreachable(request.tag()));
        }
    }

    private void serveErrands() throws ConnectorException {
        for (int served = 0; served < REQUESTS_A_TURN && active.getAsBoolean(); served++) {
            Optional<Errand<?>> next = context.mailbox().nextErrand();
            if (next.isEmpty()) {
                return;
            }
            Errand<?> errand = next.get();
            giveUp = () -> errand.unknown("the connector hung over it");
            errand.run(session);
        }
    }

    private void takeReports() throws ConnectorException {
        Reported reported = session.reported();
        accept(reported.samples());
        if (active.getAsBoolean() && !reported.alarms().isEmpty()) {
            context.alarms().accept(reported.alarms());
        }
    }

    /** Polls each lane at least once; those that have answered keep their beat meanwhile. */
    private void pollAll() throws ConnectorException, InterruptedException {
        while (active.getAsBoolean() && session.lanes().anyUnmet()) {
            Optional<Lane> next = session.lanes().next();
            if (next.isPresent()) {
                poll(next.get());
            } else {
                context.mailbox().await(session.lanes().untilNext().orElse(0));
            }
        }
    }

    /** Polls what is due; which lane is next is decided anew after each, since another may have fallen due meanwhile that must not wait for two. */
    private void poll() throws ConnectorException, InterruptedException {
        for (int left = session.lanes().all().size(); left > 0 && active.getAsBoolean(); left--) {
            Optional<Lane> next = session.lanes().next();
            if (next.isEmpty()) {
                return;
            }
            poll(next.get());
            serveWrites(); // they don't wait for the other lanes
        }
    }

    private void poll(Lane lane) throws ConnectorException {
        List<TagState> left = lane.takeLeft();
        Set<Duration> due = left.isEmpty() ? lane.takeDue() : Set.of();
        context.counters().add(Counter.OVERRUNS, lane.takeOverruns());
        long began = context.time().nanos();
        try {
            take(lane, session.poll(lane, left, due));
        } catch (ConnectorException e) {
            laneFailed(lane, e);
        } finally {
            session.lanes().took(lane, context.time().nanos() - began);
        }
    }

    private void take(Lane lane, Session.Polled polled) {
        lane.later(polled.left());
        if (!polled.samples().isEmpty()) {
            accept(polled.samples());
            laneAnswered(lane);
        } else if (!polled.left().isEmpty()) {
            lane.doubt();
        }
    }

    private void laneAnswered(Lane lane) {
        if (session.lanes().answered(lane)) {
            LOG.info("{}: {} answers again", context.name(), lane.name());
            context.life().remark(session.lanes().trouble());
            context.mailbox().takeUp();
            reachable(lane.tags());
        }
    }

    /** @throws ConnectorException if more than this lane is lost. */
    private void laneFailed(Lane lane, ConnectorException e) throws ConnectorException {
        if (e.reason() != Reason.LANE || !active.getAsBoolean()) {
            throw e;
        }
        boolean news = lane.isUp();
        String reason = String.valueOf(e.getMessage());
        if (!session.lanes().failed(lane, reason)) {
            throw new ConnectorException(Reason.LOST, reason, e);
        }
        if (news) {
            LOG.warn("{}: {} is down and is tried again by itself: {}", context.name(), lane.name(), reason);
        }
        context.lastError().note(reason);
        context.life().remark(session.lanes().trouble());
        context.board().lose(lane.tags(), Quality.COMM_FAILURE);
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
        if (context.board().hasStaleReports()) {
            session.subscribe(); // what is stale is asked for again: a probe alone says nothing about it
        }
    }
}
