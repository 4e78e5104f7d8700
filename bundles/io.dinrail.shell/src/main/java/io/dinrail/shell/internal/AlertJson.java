package io.dinrail.shell.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.json.api.JsonObject;

/** An alert as JSON. */
final class AlertJson {
    private AlertJson() {}

    static JsonObject of(Alert alert) {
        return new JsonObject()
                .put("id", alert.id())
                .put("rule", alert.rule())
                .put("device", alert.tag().device().value())
                .put("tag", alert.tag().tag())
                .put("severity", alert.severity().toString())
                .put("message", alert.message())
                .put("state", alert.state().toString())
                .put("value", alert.value())
                .put("limit", alert.limit())
                .put("raisedAt", alert.raisedAt())
                .putOrNull("acknowledgedAt", Shown.time(alert.acknowledgedAt()))
                .putOrNull("note", Shown.text(alert.note()))
                .putOrNull("clearedAt", Shown.time(alert.clearedAt()));
    }
}
