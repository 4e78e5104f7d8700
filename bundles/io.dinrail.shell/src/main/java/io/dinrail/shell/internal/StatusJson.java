package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.event.api.Journal;
import io.dinrail.json.api.JsonObject;
import io.dinrail.messaging.api.BrokerStatus;
import io.dinrail.model.api.TagValue;
import java.util.List;

/** The status as JSON; what isn't installed is null. */
final class StatusJson {
    private StatusJson() {}

    static TagValue of(PlatformStatus status) {
        JsonObject losses = new JsonObject();
        status.losses().forEach(losses::put);
        JsonObject versions = new JsonObject();
        status.versions().forEach(versions::put);
        return new JsonObject()
                .putOrNull("broker", status.broker().map(StatusJson::broker))
                .putOrNull("connectors", status.connectors().map(StatusJson::connectors))
                .putOrNull("journal", status.journal().map(StatusJson::journal))
                .put("losses", losses.toValue())
                .putOrNull("alerts", status.alerts().map(StatusJson::open))
                .putOrNull("commands", status.commands().map(StatusJson::open))
                .putOrNull("identity", status.identity().map(IdentityStatus::json))
                .put("disk", status.disk().json())
                .put("versions", versions.toValue())
                .toValue();
    }

    private static TagValue broker(BrokerStatus broker) {
        return new JsonObject()
                .put("engine", broker.engine())
                .put("listeners", broker.listeners())
                .put("connections", broker.connections())
                .put("received", broker.received())
                .put("sent", broker.sent())
                .toValue();
    }

    private static TagValue connectors(List<ConnectorStatus> connectors) {
        return new TagValue.Array(connectors.stream()
                .map(status -> ConnectorJson.brief(status).toValue())
                .toList());
    }

    private static TagValue journal(Journal.Status journal) {
        return new JsonObject()
                .put("recorded", journal.recorded())
                .put("held", journal.held())
                .put("capacity", journal.capacity())
                .put(
                        "consumers",
                        new TagValue.Array(journal.consumers().stream()
                                .map(StatusJson::consumer)
                                .toList()))
                .toValue();
    }

    private static TagValue consumer(Journal.ConsumerStatus consumer) {
        return new JsonObject()
                .put("name", consumer.name())
                .put("present", consumer.present())
                .put("delivered", consumer.delivered())
                .put("lag", consumer.lag())
                .put("lost", consumer.lost())
                .put("failures", consumer.failures())
                .toValue();
    }

    private static TagValue open(int count) {
        return new JsonObject().put("open", count).toValue();
    }
}
