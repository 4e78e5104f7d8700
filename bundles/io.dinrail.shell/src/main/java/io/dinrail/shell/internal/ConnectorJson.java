package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.json.api.JsonObject;
import java.util.TreeMap;

/** A connector's status as JSON. */
final class ConnectorJson {
    private ConnectorJson() {}

    static JsonObject brief(ConnectorStatus status) {
        return new JsonObject()
                .put("name", status.name())
                .put("type", status.type())
                .put("state", status.state().name())
                .putOrNull("reason", Shown.text(status.reason()))
                .put("since", status.since())
                .put("tags", status.tags())
                .put("good", status.good())
                .put("bad", status.bad())
                .put("stale", status.stale());
    }

    static JsonObject of(ConnectorStatus status) {
        JsonObject counters = new JsonObject();
        new TreeMap<>(status.counters()).forEach(counters::put);
        return brief(status).put("counters", counters.toValue()).put("problems", status.problems());
    }
}
