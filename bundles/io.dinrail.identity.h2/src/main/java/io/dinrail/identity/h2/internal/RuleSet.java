package io.dinrail.identity.h2.internal;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Credentials;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The rights that go with a name: the first rule that fits allows, and where none fits it is denied. */
final class RuleSet {
    private static final Map<String, RuleSet> FIXED = Map.of(
            Credentials.DEVICE,
            new RuleSet(
                    Credentials.DEVICE,
                    new Rule(PUBLISH, new AllowedFilter("telemetry/{self}/#")),
                    new Rule(PUBLISH, new AllowedFilter("devices/{self}/#")),
                    // Its answers only: a device hears its commands and never sends one.
                    new Rule(PUBLISH, new AllowedFilter("commands/{self}/ack")),
                    new Rule(SUBSCRIBE, new AllowedFilter("commands/{self}/#"))),
            Credentials.BACKEND,
            new RuleSet(
                    Credentials.BACKEND,
                    new Rule(PUBLISH, new AllowedFilter("#")),
                    new Rule(SUBSCRIBE, new AllowedFilter("#"))));

    private record Rule(Action action, AllowedFilter filter) {}

    private final String name;
    private final List<Rule> rules;

    private RuleSet(String name, Rule... rules) {
        this.name = name;
        this.rules = List.of(rules);
    }

    static Optional<RuleSet> named(String name) {
        return Optional.ofNullable(FIXED.get(name));
    }

    boolean allows(Action action, String topic, String self) {
        return deciding(action, topic, self).isPresent();
    }

    /** @return the rule that allows, as text; empty if none does. */
    Optional<String> explain(Action action, String topic, String self) {
        return deciding(action, topic, self)
                .map(rule -> name + ": " + action.name().toLowerCase(Locale.ROOT) + " "
                        + rule.filter().text(self));
    }

    private Optional<Rule> deciding(Action action, String topic, String self) {
        Optional<String[]> levels = action == PUBLISH ? TopicText.published(topic) : TopicText.subscribed(topic);
        return levels.flatMap(asked -> rules.stream()
                .filter(rule -> rule.action() == action && rule.filter().covers(asked, self))
                .findFirst());
    }
}
