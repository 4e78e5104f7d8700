package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.Meter;
import io.dinrail.connector.api.TagSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What belongs to an instance for as long as it is configured, whichever thread and connector serve it.
 *
 * @param name the instance's name.
 * @param time the clocks.
 * @param life its state machine.
 * @param board its tags.
 * @param problems what of its configuration is refused.
 * @param counters its counters.
 * @param mailbox where its thread finds work.
 * @param crashes its crashes so far.
 * @param lastError what failed last.
 * @param losses what all instances lost.
 * @param random from 0 to 1, to spread retries.
 * @param reachable hears that the tags' devices can be written now.
 * @param alarms takes what devices tell of their own alarms.
 * @param acknowledgements what is to be passed back to the device once it is connected.
 * @param folders makes the folder in which the connector keeps what is its own.
 * @param mayTake how long the read under way may take, in nanoseconds.
 */
record InstanceContext(
        String name,
        Timepiece time,
        LifeCycle life,
        TagBoard board,
        Problems problems,
        Counters counters,
        Mailbox mailbox,
        Crashes crashes,
        LastError lastError,
        Losses losses,
        DoubleSupplier random,
        Reachable reachable,
        Consumer<List<Reported.AlarmNews>> alarms,
        Queue<Acknowledgement> acknowledgements,
        InstanceFolders folders,
        AtomicLong mayTake)
        implements ConnectorContext {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceContext.class);

    /** Hears that devices can be reached (again). */
    interface Reachable {
        void now(Collection<TagSpec> tags);
    }

    @Override
    public Meter meter() {
        return counters.meter();
    }

    @Override
    public Optional<Path> folder() {
        return folders.of(name);
    }

    @Override
    public Duration patience() {
        return Duration.ofNanos(mayTake.get());
    }

    /** Takes no requests any more, and answers those that wait. */
    void disconnect(String reason) {
        Mailbox.Rest rest = mailbox.shut();
        rest.writes().forEach(write -> handBack(write, reason));
        rest.reads().forEach(read -> read.result().complete(board.unreachable(read.tag())));
        rest.errands().forEach(errand -> errand.notConnected(notConnected(reason)));
    }

    /** It can't be written now; what was sent once already waits for the device. */
    void handBack(WriteRequest write, String reason) {
        if (!write.attempted()) {
            write.notConnected(notConnected(reason));
        } else if (!mailbox.keep(write)) {
            write.unverified("the connection was lost while it was written: " + reason);
        }
    }

    /** Answers the writes that waited for their device, since nobody will serve it any more. */
    void dropWrites() {
        mailbox.expired(Instant.MAX)
                .forEach(write -> write.unverified("the connection was lost while it was written, and " + name
                        + " was removed before it could be written again"));
    }

    /** Answers the writes that waited too long for their device. */
    void expireWrites() {
        mailbox.expired(time.now()).forEach(WriteRequest::expire);
    }

    /** Passes an acknowledgement back to the device, now or once it is connected. */
    void passBack(TagState tag, String condition, String note) {
        passBack(new Acknowledgement(tag, condition, note));
    }

    private void passBack(Acknowledgement acknowledgement) {
        Errand<Boolean> errand = acknowledgement.errand();
        errand.result().whenComplete((done, failure) -> {
            if (failure instanceof IllegalArgumentException) {
                LOG.warn("{}: the device refuses to take {}: {}", name, acknowledgement, failure.getMessage());
            } else if (failure != null && acknowledgements.size() < Mailbox.MOST) {
                acknowledgements.add(acknowledgement);
            } else if (failure != null) {
                LOG.error("{}: {} is lost, too many wait already", name, acknowledgement);
            }
        });
        take(errand);
    }

    /** The device is connected: it hears of the acknowledgements that waited. */
    void passBack() {
        for (int waiting = acknowledgements.size(); waiting > 0; waiting--) {
            Optional.ofNullable(acknowledgements.poll()).ifPresent(this::passBack);
        }
    }

    /** Leaves something to be done by the instance's thread; it is answered in any case. */
    void take(Errand<?> errand) {
        switch (mailbox.offer(errand)) {
            case FULL -> errand.notConnected(Mailbox.MOST + " requests wait at " + name + " already");
            case NOT_CONNECTED -> errand.notConnected(notConnected(life.view().reason()));
            case YES -> {}
        }
    }

    String notConnected(String reason) {
        return "the connector " + name + " is not connected: nothing was sent"
                + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    /** Counts reports that came faster than they could be taken. */
    void flooded(int count) {
        counters.add(Counter.LOST, count);
        losses.reportsFlooded(count);
    }
}
