package io.dinrail.connector.modbus.internal.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The exchanges in flight, the oldest first. For one thread. */
final class Pending {
    private final Deque<Exchange> exchanges = new ArrayDeque<>();

    void add(Exchange exchange) {
        exchanges.addLast(exchange);
    }

    void remove(Exchange exchange) {
        exchanges.remove(exchange);
    }

    void clear() {
        exchanges.clear();
    }

    int size() {
        return exchanges.size();
    }

    Optional<Exchange> oldest() {
        return Optional.ofNullable(exchanges.peekFirst());
    }

    Optional<Exchange> withTransaction(int transaction) {
        return exchanges.stream()
                .filter(exchange -> exchange.transaction() == transaction)
                .findFirst();
    }
}
