package io.dinrail.shell.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.Optional;

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
                .putOrNull("value", number(alert.value()))
                .putOrNull("limit", number(alert.limit()))
                .put("raisedAt", alert.raisedAt())
                .putOrNull("acknowledgedAt", Shown.time(alert.acknowledgedAt()))
                .putOrNull("note", Shown.text(alert.note()))
                .putOrNull("clearedAt", Shown.time(alert.clearedAt()))
                .putOrNull("condition", Shown.text(alert.condition()));
    }

    /** A device's own alarm tells neither a value nor a limit. */
    static Optional<TagValue> number(double number) {
        return Double.isFinite(number) ? Optional.of(TagValue.of(number)) : Optional.empty();
    }
}
