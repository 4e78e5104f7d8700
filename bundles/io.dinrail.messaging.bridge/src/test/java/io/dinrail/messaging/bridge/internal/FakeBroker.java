package io.dinrail.messaging.bridge.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.messaging.api.BrokerStatus;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was published; routes each message to as many sessions as a test says. */
final class FakeBroker implements MessageBroker {
    private final List<Message> published = new CopyOnWriteArrayList<>();
    volatile int sessions = 1;
    volatile boolean full;
    volatile boolean interrupted;
    volatile String defect = "";
    volatile Runnable afterEach = () -> {};

    List<String> topics() {
        return published.stream().map(Message::topic).toList();
    }

    List<String> payloads() {
        return published.stream()
                .map(message -> new String(message.payload(), UTF_8))
                .toList();
    }

    List<Integer> qualities() {
        return published.stream().map(Message::qos).toList();
    }

    @Override
    public int publish(Message message) {
        if (full) {
            throw new IllegalStateException("the broker's queue is full");
        }
        if (message.topic().equals(defect)) {
            throw new UnsupportedOperationException("a defect");
        }
        interrupted |= Thread.currentThread().isInterrupted();
        published.add(message);
        afterEach.run();
        return sessions;
    }

    @Override
    public List<Session> sessions() {
        return List.of(new Session("press-9", "press-9", "10.0.0.9:4711", Instant.EPOCH));
    }

    @Override
    public boolean kick(String clientId) {
        return false;
    }

    @Override
    public BrokerStatus status() {
        return new BrokerStatus("fake", List.of(), 0, 0, 0, Map.of());
    }
}
