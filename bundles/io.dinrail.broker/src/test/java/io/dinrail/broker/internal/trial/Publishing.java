package io.dinrail.broker.internal.trial;

import io.dinrail.broker.internal.protocol.Connack;
import io.dinrail.broker.internal.protocol.MqttVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes numbers, counted up in each of its topics, as fast as they are acknowledged, until it is called. */
final class Publishing extends Errand {
    private static final int TOPICS = 3;

    private final String name;
    private final int qos;
    private final boolean retain;
    private final int window;
    private final Device device;
    private final Random random;
    private final AtomicInteger total;
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private boolean known;

    /** @param total counts what the broker acknowledged. */
    Publishing(String name, int qos, boolean retain, int window, long seed, AtomicInteger total, Whereabouts where) {
        super(name, where);
        this.name = name;
        this.qos = qos;
        this.retain = retain;
        this.window = window;
        this.total = total;
        this.random = new Random(seed);
        this.device = new Device(name, seed % 2 == 0 ? MqttVersion.V5 : MqttVersion.V3_1_1).whenTaken(this::taken);
    }

    private void taken(String text) {
        int cut = text.indexOf(' ');
        acknowledged.merge(text.substring(0, cut), Integer.valueOf(text.substring(cut + 1)), Math::max);
        total.incrementAndGet();
    }

    @Override
    void work(InetSocketAddress broker) throws IOException {
        Connack connack = device.connect(broker);
        if (known && !connack.sessionPresent()) {
            throw new AssertionError("the session of " + name + " is lost");
        }
        known = true;
        while (!isCalled() || device.unfinished() > 0) {
            if (!isCalled() && device.unfinished() < window) {
                publish();
            }
            while (device.step(device.unfinished() < window && !isCalled() ? 0 : 100)) {
                // all that is there
            }
        }
        device.drop();
    }

    private void publish() throws IOException {
        String topic = name + '/' + random.nextInt(TOPICS);
        int number = sent.merge(topic, 1, Integer::sum);
        device.publish(topic, topic + ' ' + number, qos, retain);
    }

    /** The last number of each topic that the broker acknowledged. */
    Map<String, Integer> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** The last number of each topic. */
    Map<String, Integer> sent() {
        return Map.copyOf(sent);
    }

    @Override
    public String toString() {
        return name + " sent " + sent + ", acknowledged " + acknowledged + ", unfinished " + device.unfinished();
    }
}
