package io.dinrail.broker.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.TopicName;
import io.dinrail.broker.internal.store.MessageStore;
import io.dinrail.identity.api.Organisation;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the broker tells of itself on {@code $SYS}, with Mosquitto's names where it has one, every ten seconds; retained in memory only. Whoever may read it
 * needs a rule that names it.
 */
final class ServerTopics implements AutoCloseable {
    private static final int SECONDS = 10;

    private final Broker broker;
    private final long startedAt;
    private @Nullable ScheduledFuture<?> course;

    ServerTopics(Broker broker) {
        this.broker = broker;
        this.startedAt = System.nanoTime();
    }

    void start() {
        course = broker.houseLoop().scheduleWithFixedDelay(this::tell, 0, SECONDS, TimeUnit.SECONDS);
    }

    private void tell() {
        Realm realm = broker.realm(Organisation.DEFAULT);
        values().forEach((name, value) -> {
            Publication publication = Publication.of(
                    TopicName.of("$SYS/broker/" + name),
                    value.getBytes(UTF_8),
                    Qos.AT_MOST_ONCE,
                    false,
                    Properties.NONE,
                    Publication.NEVER);
            realm.keep(publication);
            broker.house().desk().publish(publication, realm, Optional.empty());
        });
        broker.house().turnEnds();
    }

    private Map<String, String> values() {
        Counters counters = broker.counters();
        MessageStore.Usage usage = broker.store().usage();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("version", "Dinrail");
        values.put("uptime", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedAt) + " seconds");
        values.put("clients/connected", text(counters.connected.sum()));
        values.put("clients/total", text(broker.sessionCount()));
        values.put("messages/received", text(counters.received.sum()));
        values.put("messages/sent", text(counters.sent.sum()));
        values.put("messages/expired", text(counters.expired.sum()));
        values.put("bytes/received", text(counters.receivedBytes.sum()));
        values.put("messages/stored", text(usage.messages()));
        values.put("store/messages/bytes", text(usage.messageBytes()));
        values.put("store/bytes", text(usage.bytes()));
        values.put("store/segments", text(usage.segments()));
        values.put("retained messages/count", text(usage.retained()));
        return values;
    }

    private static String text(long value) {
        return Long.toString(value);
    }

    @Override
    public void close() {
        if (course != null) {
            course.cancel(false);
        }
    }
}
