package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connector types that are there; of several for one word the first serves. Safe for use by many threads. */
final class TypeBoard {
    private static final Logger LOG = LoggerFactory.getLogger(TypeBoard.class);
    private static final long CLOSE_SECONDS = 3;

    private final Host host;
    private final Map<String, Deque<ConnectorType>> types = new HashMap<>();

    TypeBoard(Host host) {
        this.host = host;
    }

    synchronized void add(ConnectorType service, Map<String, Object> properties) {
        String type = String.valueOf(properties.get(ConnectorType.TYPE));
        if (!type.matches("[a-z0-9][a-z0-9-]*")) {
            LOG.error(
                    "{} is ignored: its property {} is '{}', not a word such as modbus",
                    service,
                    ConnectorType.TYPE,
                    type);
            return;
        }
        Deque<ConnectorType> same = types.computeIfAbsent(type, key -> new ArrayDeque<>());
        same.addLast(service);
        if (same.size() == 1) {
            host.typeCame(type, service);
        } else {
            LOG.warn("the connector type {} is there more than once: the first one serves", type);
        }
    }

    /** Returns when no instance uses the service any more, as far as that is a matter of seconds: its classes are gone soon. */
    void remove(ConnectorType service) {
        forget(service).ifPresent(type -> {
            await(type, service);
            next(type).ifPresent(other -> host.typeCame(type, other));
        });
    }

    private synchronized Optional<String> forget(ConnectorType service) {
        for (Map.Entry<String, Deque<ConnectorType>> entry : types.entrySet()) {
            boolean first = entry.getValue().peekFirst() == service;
            if (entry.getValue().remove(service)) {
                return first ? Optional.of(entry.getKey()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private synchronized Optional<ConnectorType> next(String type) {
        return Optional.ofNullable(types.getOrDefault(type, new ArrayDeque<>()).peekFirst());
    }

    private void await(String type, ConnectorType service) {
        try {
            host.typeWent(type, service).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("not every {} connector could be closed before its bundle went", type);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
