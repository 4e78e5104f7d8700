package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.h2.internal.text.PlainText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says why rules decide as they do. */
final class Explanation {
    private static final int MOST_VALUES = 10;

    private final RuleDocument document;
    private final Values[] values;
    private final BoundRules rights;

    Explanation(RuleDocument document, Values[] values, BoundRules rights) {
        this.document = document;
        this.values = values;
        this.rights = rights;
    }

    Decision of(Action action, String topic) {
        int rule = rights.deciding(action, topic);
        if (rule < 0) {
            return new Decision(false, nothing(action, topic), Map.of());
        }
        String text = document.name() + " " + document.rules().get(rule);
        return new Decision(document.allows(rule), text, variables(rule, action, topic));
    }

    private String nothing(Action action, String topic) {
        boolean filter = action == Action.SUBSCRIBE;
        String kind = filter ? "filter" : "topic";
        return TopicText.fault(topic, filter)
                .map(fault -> "malformed " + kind + " '" + PlainText.of(topic) + "': " + fault)
                .orElseGet(() -> TopicText.isReserved(topic) && !filter
                        ? "nobody publishes on topics that begin with $, _system, _metered or _internal"
                        : document.name() + ": no rule allows it");
    }

    private Map<String, String> variables(int rule, Action action, String topic) {
        Map<String, String> resolved = new TreeMap<>();
        document.topics[rule].variables().forEach((written, number) -> {
            resolved.put(written, value(rule, number, action, topic));
        });
        return resolved;
    }

    /** Of several values the one that made the rule decide; all of them where any would do. */
    private String value(int rule, int variable, Action action, String topic) {
        List<String> all = values[variable].stream().sorted().toList();
        List<String> deciding = all.stream()
                .filter(value -> rights.with(variable, value).deciding(action, topic) == rule)
                .toList();
        return (deciding.isEmpty() ? all : deciding).stream().limit(MOST_VALUES).collect(Collectors.joining(", "))
                + (deciding.size() > MOST_VALUES ? ", …" : "");
    }
}
