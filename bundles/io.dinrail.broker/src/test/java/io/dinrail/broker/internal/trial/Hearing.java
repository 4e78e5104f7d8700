package io.dinrail.broker.internal.trial;

import io.dinrail.broker.internal.protocol.Connack;
import io.dinrail.broker.internal.protocol.MqttVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Receives with a session that stays, on its own thread or visit by visit, until it has all that was published. */
final class Hearing extends Errand {
    private final Book book;
    private final Device device;
    private final Map<String, Integer> wanted = new ConcurrentHashMap<>();

    Hearing(String name, MqttVersion version, Whereabouts where) {
        super(name, where);
        this.book = new Book(name);
        this.device = new Device(name, version).hears(book::hear);
    }

    /** Begins its session, and leaves. */
    void subscribe(InetSocketAddress broker, Map<String, Integer> filters) throws IOException {
        device.connect(broker);
        for (Map.Entry<String, Integer> one : filters.entrySet()) {
            device.subscribe(one.getKey(), one.getValue());
        }
        device.disconnect();
    }

    /** Says what is the last of all, so that it knows when it is done. */
    void wants(Map<String, Integer> last) {
        wanted.putAll(last);
    }

    @Override
    void work(InetSocketAddress broker) throws IOException {
        connect(broker);
        while (!isCalled() || !book.has(wanted)) {
            device.step(100);
        }
        device.drop();
    }

    private void connect(InetSocketAddress broker) throws IOException {
        Connack connack = device.connect(broker);
        if (!connack.sessionPresent()) {
            throw new AssertionError("the session of " + device.clientId() + " is lost");
        }
    }

    /** Takes some messages, then is gone without a word. */
    void visit(InetSocketAddress broker, int messages) throws IOException {
        connect(broker);
        for (int i = 0; i < messages && device.step(1); i++) {
            // one after the other
        }
        device.drop();
    }

    @Override
    public String toString() {
        return device.clientId() + " heard " + book.last() + " of " + wanted;
    }
}
