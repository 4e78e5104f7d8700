package io.dinrail.shell.internal;

import io.dinrail.alert.api.Rule;
import io.dinrail.connector.api.Periods;
import io.dinrail.json.api.JsonObject;

/** A rule as JSON, in the form of a rule file: what is shown can be added again. */
final class RuleJson {
    private RuleJson() {}

    static JsonObject of(Rule rule) {
        return new JsonObject()
                .put("name", rule.name())
                .put("device", rule.tag().device().value())
                .put("tag", rule.tag().tag())
                .put(rule.condition().toString(), rule.limit())
                .put("hysteresis", rule.hysteresis())
                .put("delay", Periods.format(rule.delay()))
                .put("severity", rule.severity().toString())
                .put("message", rule.message());
    }
}
