package io.dinrail.shell.internal;

import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.Session;
import java.util.List;
import java.util.stream.Stream;

/** Completes connected clients. */
final class ClientIds extends Ids {
    ClientIds(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(MessageBroker.class).map(MessageBroker::sessions).orElse(List.of()).stream()
                .map(Session::clientId);
    }
}
