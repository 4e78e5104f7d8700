package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.RuleException;
import io.dinrail.event.api.Gap;
import io.dinrail.event.api.LossCounter;
import io.dinrail.event.api.ReadingConsumer;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the rules on the feed's thread and, where time alone decides, on {@code dinrail-alerts}. One lock guards it all; events are sent outside of it.
 */
@Component(
        immediate = true,
        service = {AlertEngine.class, ReadingConsumer.class, LossCounter.class},
        property = ReadingConsumer.NAME + "=" + AlertEngine.CONSUMER)
public final class AlertEngine implements ReadingConsumer, LossCounter {
    static final String CONSUMER = "alerts";

    private static final Logger LOG = LoggerFactory.getLogger(AlertEngine.class);
    private static final int CLEARED_KEPT = 10_000;
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final Object lock = new Object();
    /** Changed under the lock, read without. */
    private final Map<String, Watch> watches = new ConcurrentSkipListMap<>();

    private final RuleTable rules;
    private final AlertTable alerts;
    private final Conditions conditions;
    private final Outbox outbox;
    private final Keeper keeper;
    private final Evaluation evaluation;
    private final Retention retention;
    private final Clock clock;
    private final Ticker ticker;
    private volatile Function<Set<TagId>, Optional<Map<TagId, Reading>>> standing = tags -> Optional.empty();

    @Activate
    public AlertEngine(@Reference(target = "(dinrail.schema=alert)") DataSource store, @Reference EventAdmin events)
            throws SQLException {
        this(store, events, Clock.systemUTC(), CLEARED_KEPT);
    }

    AlertEngine(DataSource store, EventAdmin events, Clock clock, int clearedKept) throws SQLException {
        this.clock = clock;
        rules = new RuleTable(store);
        alerts = new AlertTable(store);
        outbox = new Outbox(events);
        keeper = new Keeper(alerts, outbox);
        evaluation = new Evaluation(keeper);
        retention = new Retention(alerts, clearedKept);
        List<Alert> kept = alerts.open();
        conditions = new Conditions(kept);
        load(kept);
        ticker = new Ticker("dinrail-alerts", clock, this::tick);
        ticker.wakeAt(clock.instant());
    }

    private void load(List<Alert> kept) throws SQLException {
        Map<String, Alert> open = kept.stream()
                .filter(alert -> alert.condition().isEmpty())
                .collect(Collectors.toMap(Alert::rule, alert -> alert, (older, newer) -> newer));
        for (Rule rule : rules.all()) {
            Watch watch = new Watch(rule, Optional.ofNullable(open.get(rule.name())));
            watches.put(rule.name(), watch);
            evaluation.add(watch);
        }
    }

    @Deactivate
    public void stop() {
        ticker.stop();
        int unsaved;
        synchronized (lock) {
            unsaved = keeper.saveAll(clock.instant());
        }
        outbox.send();
        if (unsaved > 0) {
            LOG.error("the changes of {} alerts are lost: the store could not be written until the end", unsaved);
        }
    }

    @Override
    public void accept(List<RecordedReading> readings) {
        Instant now = clock.instant();
        synchronized (lock) {
            readings.forEach(recorded -> evaluation.take(recorded.reading(), now));
            evaluation.next().ifPresent(ticker::wakeAt);
        }
        outbox.send();
    }

    @Override
    public void lost(Gap gap) {
        synchronized (lock) {
            evaluation.lost(gap.device());
        }
        ticker.wakeAt(clock.instant().plus(ASK_AGAIN));
    }

    @Override
    public Map<String, Long> losses() {
        synchronized (lock) {
            return Map.of("alerts.merged-while-store-failed", evaluation.merged());
        }
    }

    /** Names who knows what tags stand at that the feed is silent about; empty from it means to ask again. */
    void ask(Function<Set<TagId>, Optional<Map<TagId, Reading>>> source) {
        standing = source;
        ticker.wakeAt(clock.instant());
    }

    /** What time alone decides; on {@code dinrail-alerts}, and in tests on theirs. */
    void tick() {
        Instant now = clock.instant();
        Set<TagId> asked;
        long cleared;
        synchronized (lock) {
            evaluation.tick(now);
            asked = evaluation.unheard();
            cleared = evaluation.cleared();
        }
        outbox.send();
        Optional<Map<TagId, Reading>> found = asked.isEmpty() ? Optional.of(Map.of()) : standing.apply(asked);
        synchronized (lock) {
            found.ifPresent(readings -> evaluation.standing(asked, readings, now));
            evaluation.next().ifPresent(ticker::wakeAt);
        }
        outbox.send();
        boolean more = retention.purge(cleared);
        if (more || found.isEmpty()) {
            ticker.wakeAt(now.plus(ASK_AGAIN));
        }
    }

    /** The rules at work, by name; to be changed by {@link #change} only. */
    Map<String, Watch> watches() {
        return watches;
    }

    Conditions conditions() {
        return conditions;
    }

    AlertTable alerts() {
        return alerts;
    }

    /** What a change of rules or alerts works with, under the lock. */
    record Desk(
            Map<String, Watch> watches,
            RuleTable rules,
            AlertTable alerts,
            Conditions conditions,
            Evaluation evaluation,
            Keeper keeper,
            Outbox outbox,
            Instant now) {}

    interface Change<T> {
        T apply(Desk desk) throws SQLException, RuleException;
    }

    <T> T change(String what, Change<T> change) throws RuleException {
        try {
            synchronized (lock) {
                return change.apply(
                        new Desk(watches, rules, alerts, conditions, evaluation, keeper, outbox, clock.instant()));
            }
        } catch (SQLException e) {
            throw new RuleException(
                    RuleException.Reason.STORE,
                    what + " was not kept, because the store can't be written: " + StoreTrouble.sentence(e));
        } finally {
            outbox.send();
            ticker.wakeAt(clock.instant());
        }
    }
}
