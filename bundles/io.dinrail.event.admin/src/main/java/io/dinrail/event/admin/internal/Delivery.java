package io.dinrail.event.admin.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.ReadingConsumer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread {@code dinrail-feed-NAME}: hands readings to one consumer as long as it is there, and keeps in hand what it did not take. */
final class Delivery extends Thread {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int MOST = 1_000;

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
            if (hasEnded()) {
                return; // the readings stay in hand for the consumer's return
            }
            if (attempt == pauses.size()) {
                inHand.put(inHand.work().lost());
                return;
            }
            awaitEndOrPause(pauses.get(attempt));
            if (hasEnded()) {
                return;
            }
        }
    }

    private boolean isAccepted() {
        try {
            consumer.accept(inHand.work().readings());
            return true;
        } catch (Throwable e) {
            // An Error too, such as that of a bundle half gone: if this thread died of it, nobody would serve the
            // place.
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

    private void awaitEndOrPause(Duration pause) {
        try {
            ended.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Only end() is followed by an interrupt; a stranger's cuts the pause short and does no other harm.
            LOG.debug("interrupted between two attempts", e);
        }
    }

    /** Asks the thread to end; it does so after the call to the consumer that is running. */
    void end() {
        ended.countDown();
        ring.wake();
    }

    /**
     * Waits for the end of several at once; interrupts the consumers that are still busy when time is up, and gives up those that ignore it. Call
     * {@link #end()} on each first.
     */
    static void awaitEnd(Collection<Delivery> deliveries, Duration patience) {
        joinAll(deliveries, patience);
        deliveries.stream().filter(Delivery::isBusy).forEach(Thread::interrupt);
        joinAll(deliveries, patience.dividedBy(2));
        deliveries.stream()
                .filter(Delivery::isBusy)
                .forEach(busy -> LOG.warn(
                        "The consumer {} hangs in a call and was given up; it gets the same readings again when it returns.",
                        busy.lane.name()));
    }

    private static void joinAll(Collection<Delivery> deliveries, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (Delivery delivery : deliveries) {
                if (delivery.isBusy()) {
                    delivery.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A consumer may go away from within a call to it; waiting for that call would never end. */
    private boolean isBusy() {
        return isAlive() && this != Thread.currentThread();
    }
}
