package io.dinrail.shell.internal;

import io.dinrail.json.api.JsonObject;
import io.dinrail.messaging.api.Traffic;

/** Messages and bytes as JSON. */
final class TrafficJson {
    private TrafficJson() {}

    static JsonObject into(JsonObject object, Traffic traffic) {
        return object.put("received", traffic.received())
                .put("receivedBytes", traffic.receivedBytes())
                .put("sent", traffic.sent())
                .put("sentBytes", traffic.sentBytes());
    }
}
