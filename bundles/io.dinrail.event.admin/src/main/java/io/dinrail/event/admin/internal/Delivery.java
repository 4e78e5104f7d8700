package io.dinrail.event.admin.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.ReadingConsumer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread {@code dinrail-feed-NAME}: hands readings to one consumer as long as it is there, and keeps in hand what it did not take. */
final class Delivery extends Thread {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int MOST = 1_000;
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

    private final ConsumerLane lane;
    private final ReadingConsumer consumer;
    private final Ring ring;
    private final Hand inHand;
    private final List<Duration> pauses;
    private final Runnable toldGaps;
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Makes the thread.
     *
     * @param pauses between the attempts to hand readings over; there is one attempt more than pauses.
     * @param toldGaps runs on this thread when it starts, and after the consumer was told of gaps.
     */
    Delivery(ConsumerLane lane, ReadingConsumer consumer, Ring ring, List<Duration> pauses, Runnable toldGaps) {
        super("dinrail-feed-" + lane.name());
        setDaemon(true);
        this.lane = lane;
        this.consumer = consumer;
        this.ring = ring;
        this.inHand = lane.takeOver();
        this.pauses = pauses;
        this.toldGaps = toldGaps;
    }

    @Override
    public void run() {
        toldGaps.run();
        while (!hasEnded()) {
            if (inHand.work().isEmpty()) {
                inHand.put(ring.take(lane.cursor(), MOST, this::hasEnded));
            }
            if (!inHand.work().gaps().isEmpty()) {
                tellGaps();
                toldGaps.run();
            }
            if (!hasEnded() && !inHand.work().readings().isEmpty()) {
                handOver();
            }
        }
    }

    private void tellGaps() {
        while (!hasEnded() && !inHand.work().gaps().isEmpty()) {
            Gap gap = inHand.work().gaps().get(0);
            try {
                consumer.lost(gap);
            } catch (Throwable e) {
                failed("threw when it was told of lost readings", e);
            }
            lane.counters().lost().addAndGet(gap.count());
            inHand.put(inHand.work().withoutFirstGap());
        }
    }

    private void handOver() {
        for (int attempt = 0; ; attempt++) {
            if (isAccepted()) {
                lane.counters().delivered().addAndGet(inHand.work().readings().size());
                inHand.put(inHand.work().withoutReadings());
                return;
            }
            if (attempt == pauses.size()) {
                inHand.put(inHand.work().lost());
                return;
            }
            if (endsWithin(pauses.get(attempt))) {
                return;
            }
        }
    }

    private boolean isAccepted() {
        try {
            consumer.accept(inHand.work().readings());
            return true;
        } catch (
                Throwable e) { // an Error too: of a bundle half gone, say; this thread must not die of it and leave the
            // place unserved
            if (!hasEnded()) {
                failed(
                        "threw; the same readings are offered " + (pauses.size() + 1)
                                + " times in all, then they are lost for it",
                        e);
            }
            return false;
        }
    }

    private void failed(String what, Throwable why) {
        lane.counters().failures().incrementAndGet();
        if (lane.counters().log().isDue()) {
            LOG.warn("The consumer {} {}: {}", lane.name(), what, why.toString());
            LOG.debug("the failure in full", why);
        }
    }

    private boolean hasEnded() {
        return ended.getCount() == 0;
    }

    private boolean endsWithin(Duration pause) {
        try {
            return ended.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return hasEnded(); // only end() may interrupt, and then it is over anyway
        }
    }

    /** Asks the thread to end; it does so after the call to the consumer that is running. */
    void end() {
        ended.countDown();
        ring.wake();
    }

    /** Waits for the end; interrupts the consumer when time is up. Call {@link #end()} first. */
    void awaitEnd(Duration patience) {
        if (this == Thread.currentThread()) {
            return; // the consumer goes away from within a call to it
        }
        try {
            join(Math.max(1, patience.toMillis()));
            if (isAlive()) {
                interrupt();
                join(AFTER_INTERRUPT.toMillis());
            }
            if (isAlive()) {
                LOG.warn(
                        "The consumer {} hangs in a call and was given up; it gets the same readings again when it returns.",
                        lane.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
