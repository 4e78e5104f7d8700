package io.dinrail.shell.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Alerts;
import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.RuleBook;
import io.dinrail.alert.api.RuleException;
import io.dinrail.model.api.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One rule, filler-hot, and two alerts: 2 is raised, 1 is cleared. */
final class FakeAlerting implements RuleBook {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final Rule HOT = new Rule(
            "filler-hot",
            FakeSouthbound.TEMPERATURE,
            Rule.Condition.ABOVE,
            80,
            2,
            Duration.ofSeconds(3),
            Severity.CRITICAL,
            "too hot");

    final List<Rule> rules = new ArrayList<>(List.of(HOT));
    final List<String> notes = new ArrayList<>();

    static Alert alert(long id, Alert.State state) {
        boolean cleared = state == Alert.State.CLEARED;
        return new Alert(
                id,
                "filler-hot",
                FakeSouthbound.TEMPERATURE,
                Severity.CRITICAL,
                "too hot",
                state,
                81.5,
                80,
                NOON,
                Optional.empty(),
                "",
                cleared ? Optional.of(NOON.plusSeconds(60)) : Optional.empty());
    }

    @Override
    public List<Rule> list() {
        return List.copyOf(rules);
    }

    @Override
    public Rule read(String json) throws RuleException {
        if (!json.contains("filler-hot")) {
            throw new RuleException(RuleException.Reason.REFUSED, "line 1, column 2: a rule has a name");
        }
        return HOT;
    }

    @Override
    public void add(Rule rule) {
        rules.removeIf(known -> known.name().equals(rule.name()));
        rules.add(rule);
    }

    @Override
    public void remove(String name) throws RuleException {
        if (!rules.removeIf(known -> known.name().equals(name))) {
            throw new RuleException(RuleException.Reason.UNKNOWN, "rule '" + name + "' is unknown");
        }
    }

    Alerts alerts() {
        return new Alerts() {
            @Override
            public List<Alert> list() {
                return List.of(alert(2, Alert.State.RAISED), alert(1, Alert.State.CLEARED));
            }

            @Override
            public int open() {
                return 1;
            }

            @Override
            public Alert acknowledge(long id, String note) throws RuleException {
                if (id > 2) {
                    throw new RuleException(RuleException.Reason.UNKNOWN, "alert " + id + " is unknown");
                }
                notes.add(note);
                return alert(id, Alert.State.ACKNOWLEDGED);
            }
        };
    }
}
