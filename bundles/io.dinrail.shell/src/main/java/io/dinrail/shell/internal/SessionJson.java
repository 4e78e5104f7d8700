package io.dinrail.shell.internal;

import io.dinrail.json.api.JsonObject;
import io.dinrail.messaging.api.Session;
import io.dinrail.messaging.api.SessionInfo;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A session as JSON; what isn't known of a client that is away is null. */
final class SessionJson {
    private SessionJson() {}

    static JsonObject of(SessionInfo session) {
        JsonObject object = new JsonObject()
                .put("client", session.clientId())
                .put("username", session.username())
                .put("connected", session.connection().isPresent())
                .putOrNull("address", session.connection().map(Session::address).map(TagValue::of))
                .putOrNull(
                        "connectedAt",
                        session.connection().map(Session::connectedAt).map(SessionJson::text))
                .putOrNull("leftAt", session.leftAt().map(SessionJson::text))
                .put("expirySeconds", session.expiry().toSeconds())
                .put("subscriptions", session.subscriptions())
                .put("waiting", session.waiting())
                .put("inFlight", session.inFlight());
        return TrafficJson.into(object, session.traffic());
    }

    private static TagValue text(Instant time) {
        return TagValue.of(time.truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
