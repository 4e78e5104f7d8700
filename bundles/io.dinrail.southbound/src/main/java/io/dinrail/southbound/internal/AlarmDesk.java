package io.dinrail.southbound.internal;

import io.dinrail.alert.api.AlertIntake;
import io.dinrail.alert.api.ConditionState;
import io.dinrail.alert.api.RuleException;
import io.dinrail.connector.api.DeviceAlarm;
import io.dinrail.model.api.TagId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings alarms of devices to the alerts of the platform, in order, on a thread of its own since the store may be slow. What can't be handed over now
 * waits here, bounded. Safe for use by many threads.
 */
final class AlarmDesk {
    static final int LONGEST = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(AlarmDesk.class);
    private static final long AGAIN_MILLIS = 1_000;

    private final Supplier<Optional<AlertIntake>> intake;
    private final Losses losses;
    private final Deque<Reported.AlarmNews> waiting = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "dinrail-southbound-alarms");
    private boolean stuck;
    private boolean closed;

    AlarmDesk(Supplier<Optional<AlertIntake>> intake, Losses losses) {
        this.intake = intake;
        this.losses = losses;
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void take(List<Reported.AlarmNews> news) {
        waiting.addAll(news);
        while (waiting.size() > LONGEST) {
            waiting.removeFirst();
            losses.alarmsFull(1);
        }
        notifyAll();
    }

    /** Ends its thread within a second. */
    void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.join(AGAIN_MILLIS);
    }

    private void run() {
        try {
            for (Optional<Reported.AlarmNews> next = next(); next.isPresent(); next = next()) {
                if (handedOver(next.get())) {
                    done(next.get());
                } else {
                    rest();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return the oldest that waits, left in its place; empty when it is closed. */
    private synchronized Optional<Reported.AlarmNews> next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return closed ? Optional.empty() : Optional.of(waiting.getFirst());
    }

    private synchronized void done(Reported.AlarmNews news) {
        if (waiting.peekFirst() == news) { // too many others may have pushed it out
            waiting.removeFirst();
        }
    }

    private synchronized void rest() throws InterruptedException {
        if (!closed) {
            wait(AGAIN_MILLIS);
        }
    }

    /** @return whether it needs no other try. */
    private boolean handedOver(Reported.AlarmNews news) {
        Optional<AlertIntake> alerts = intake.get();
        if (alerts.isEmpty()) {
            return isStuck("no alerting is there to take them");
        }
        try {
            hand(alerts.get(), news);
            stuck = false;
            return true;
        } catch (RuleException e) {
            return isStuck(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error(
                    "an alarm of {} can't be taken and is lost",
                    news.tag().spec().id(),
                    e);
            losses.alarmsFull(1);
            return true;
        }
    }

    private static void hand(AlertIntake alerts, Reported.AlarmNews news) throws RuleException {
        TagId tag = news.tag().spec().id();
        if (news.alarm().isPresent()) {
            alerts.take(List.of(state(tag, news.alarm().get())));
        } else {
            alerts.standing(tag, news.standing());
        }
    }

    private static ConditionState state(TagId tag, DeviceAlarm alarm) {
        return new ConditionState(
                tag,
                alarm.condition(),
                alarm.source(),
                alarm.severity(),
                alarm.message(),
                alarm.active(),
                alarm.acknowledged(),
                alarm.at());
    }

    private boolean isStuck(String why) {
        if (!stuck) {
            stuck = true;
            LOG.warn("alarms of devices wait, at most {} of them: {}", LONGEST, why);
        }
        return false;
    }
}
