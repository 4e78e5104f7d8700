package io.dinrail.shell.internal;

import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.SessionInfo;
import java.util.List;
import java.util.stream.Stream;

/** Completes clients that have a session, connected or away. */
final class SessionIds extends Ids {
    SessionIds(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(MessageBroker.class).map(MessageBroker::sessionInfos).orElse(List.of()).stream()
                .map(SessionInfo::clientId);
    }
}
