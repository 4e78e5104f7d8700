package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.LaneStatus;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
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
        JsonObject facts = new JsonObject();
        new TreeMap<>(status.facts()).forEach(facts::put);
        return brief(status)
                .put("counters", counters.toValue())
                .put("problems", status.problems())
                .putOrNull("lastError", Shown.text(status.lastError()))
                .putOrNull("lastErrorAt", Shown.time(status.lastErrorAt()))
                .put(
                        "lanes",
                        new TagValue.Array(
                                status.lanes().stream().map(ConnectorJson::lane).toList()))
                .put("facts", facts.toValue());
    }

    private static TagValue lane(LaneStatus lane) {
        return new JsonObject()
                .put("name", lane.name())
                .put("up", lane.up())
                .putOrNull("reason", Shown.text(lane.reason()))
                .put("since", lane.since())
                .put("tags", lane.tags())
                .put("failures", lane.failures())
                .toValue();
    }
}
