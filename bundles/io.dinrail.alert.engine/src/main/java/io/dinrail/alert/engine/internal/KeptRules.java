package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.RuleBook;
import io.dinrail.alert.api.RuleException;
import io.dinrail.alert.api.RuleException.Reason;
import io.dinrail.event.api.AlertChanged.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The rule book over the engine: every change is in the store before it takes effect. */
@Component
public final class KeptRules implements RuleBook {
    private static final int MOST_RULES = 10_000;
    private static final Duration LONGEST_DELAY = Duration.ofDays(30);

    private final AlertEngine engine;

    @Activate
    public KeptRules(@Reference AlertEngine engine) {
        this.engine = engine;
    }

    @Override
    public List<Rule> list() {
        return engine.watches().values().stream().map(watch -> watch.rule).toList();
    }

    @Override
    public Rule read(String json) throws RuleException {
        return RuleFile.read(json);
    }

    @Override
    public void add(Rule rule) throws RuleException {
        if (rule.delay().compareTo(LONGEST_DELAY) > 0) {
            throw new RuleException(Reason.REFUSED, "delay: at most 30 days");
        }
        engine.change("the rule " + rule.name(), desk -> {
            Optional<Watch> old = Optional.ofNullable(desk.watches().get(rule.name()));
            if (old.isEmpty() && desk.watches().size() >= MOST_RULES) {
                throw new RuleException(
                        Reason.REFUSED,
                        "there are " + MOST_RULES + " rules already: remove one with dinrail:rule-remove");
            }
            Optional<Alert> open = settled(old, desk);
            Optional<Alert> strange = open.filter(alert -> !alert.tag().equals(rule.tag()));
            desk.rules().put(rule, id(strange), desk.now());
            strange.ifPresent(alert -> sendCleared(alert, desk));
            old.ifPresent(desk.evaluation()::remove);
            Watch watch = new Watch(rule, strange.isPresent() ? Optional.empty() : open);
            desk.watches().put(rule.name(), watch);
            desk.evaluation().add(watch);
            return watch;
        });
    }

    @Override
    public void remove(String name) throws RuleException {
        engine.change("the removal of rule " + name, desk -> {
            Watch watch = Optional.ofNullable(desk.watches().get(name))
                    .orElseThrow(() ->
                            new RuleException(Reason.UNKNOWN, "rule " + name + " is unknown: see dinrail:rule-list"));
            Optional<Alert> open = settled(Optional.of(watch), desk);
            desk.rules().remove(name, id(open), desk.now());
            open.ifPresent(alert -> sendCleared(alert, desk));
            desk.evaluation().remove(watch);
            desk.watches().remove(name);
            return watch;
        });
    }

    /** What was decided under the old rule and not kept yet comes first. */
    private static Optional<Alert> settled(Optional<Watch> old, AlertEngine.Desk desk) throws SQLException {
        if (old.isPresent()) {
            desk.keeper().settle(old.get());
        }
        return old.flatMap(Watch::open);
    }

    private static OptionalLong id(Optional<Alert> alert) {
        return alert.isPresent() ? OptionalLong.of(alert.get().id()) : OptionalLong.empty();
    }

    private static void sendCleared(Alert alert, AlertEngine.Desk desk) {
        desk.outbox().add(Watch.changed(Kind.CLEARED, alert, Optional.empty(), desk.now()));
    }
}
