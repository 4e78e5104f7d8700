package io.dinrail.shell.internal;

import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.Traffic;
import io.dinrail.model.api.TagValue;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "topic-list",
        description = "Lists the first levels of topics with the messages and bytes since the broker started")
final class TopicListCommand extends ListQuery<Map.Entry<String, Traffic>> {
    @Override
    List<Map.Entry<String, Traffic>> find(Call call) throws Refused {
        return List.copyOf(
                call.services().require(MessageBroker.class).trafficByTopic().entrySet());
    }

    @Override
    List<String> columns() {
        return List.of("topic", "received", "bytes", "sent", "bytes sent");
    }

    @Override
    List<?> row(Map.Entry<String, Traffic> topic) {
        Traffic traffic = topic.getValue();
        return List.of(
                topic.getKey(), traffic.received(), traffic.receivedBytes(), traffic.sent(), traffic.sentBytes());
    }

    @Override
    TagValue element(Map.Entry<String, Traffic> topic) {
        return TrafficJson.into(new JsonObject().put("topic", topic.getKey()), topic.getValue())
                .toValue();
    }
}
