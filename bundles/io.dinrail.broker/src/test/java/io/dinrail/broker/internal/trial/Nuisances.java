package io.dinrail.broker.internal.trial;

import io.dinrail.broker.internal.protocol.Connect;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Property;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.Subscribe;
import io.dinrail.broker.internal.protocol.Subscription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Neighbours that nobody wants: some never read, some never acknowledge, one floods, many come and are gone at once. */
final class Nuisances implements AutoCloseable {
    static final String LARGE = "x".repeat(1_000);
    static final List<String> SLUGGISH = List.of("deaf", "deaf-for-now", "silent", "silent-for-now");

    private final InetSocketAddress broker;
    private final List<Wire> deaf = new ArrayList<>();
    private final List<Device> silent = new ArrayList<>();

    Nuisances(InetSocketAddress broker) throws IOException {
        this.broker = broker;
        deaf.add(deaf(SLUGGISH.get(0), Device.FOR_EVER));
        deaf.add(deaf(SLUGGISH.get(1), 0));
        silent.add(silent(SLUGGISH.get(2), Device.FOR_EVER));
        silent.add(silent(SLUGGISH.get(3), 0));
    }

    /** It never reads. */
    private Wire deaf(String name, long expiry) throws IOException {
        Wire wire = new Wire(broker, MqttVersion.V5, 4_096);
        wire.send(connect(name, expiry));
        wire.next();
        wire.send(new Subscribe(1, List.of(new Subscription("all/#", Qos.AT_LEAST_ONCE)), Properties.NONE));
        wire.next();
        return wire;
    }

    private static Connect connect(String name, long expiry) {
        Properties lasts = Properties.builder()
                .number(Property.SESSION_EXPIRY_INTERVAL, expiry)
                .build();
        return new Connect(MqttVersion.V5, name, false, 0, Optional.empty(), Optional.empty(), Optional.empty(), lasts);
    }

    /** It never acknowledges. */
    private Device silent(String name, long expiry) throws IOException {
        Device device = new Device(name, MqttVersion.V5);
        device.connect(broker, false, expiry, Optional.empty());
        device.subscribe("all/#", 1);
        device.fallSilent();
        return device;
    }

    /** Publishes as fast as it can, all of it for those who take nothing. */
    void flood(int once, int sure) throws IOException {
        try (Device device = new Device("flood", MqttVersion.V3_1_1)) {
            device.connect(broker, true, 0, Optional.empty());
            for (int i = 0; i < once; i++) {
                device.publish("all/once", LARGE, 0, false);
            }
            for (int i = 0; i < sure; i++) {
                device.publish("all/sure", LARGE, 1, false);
                read(device);
            }
            device.finish();
        }
    }

    private void read(Device device) throws IOException {
        for (Device one : silent) {
            one.step(0);
        }
        device.step(device.unfinished() < 200 ? 0 : Wire.PATIENCE);
    }

    /** Some say who they are, some begin to, some don't. */
    void comeAndGo(int many) throws IOException {
        for (int i = 0; i < many; i++) {
            try (Wire wire = new Wire(broker, MqttVersion.V5)) {
                if (i % 3 > 0) {
                    wire.send(connect("passer-by-" + i, 0));
                }
                if (i % 3 > 1) {
                    wire.next();
                }
            }
        }
    }

    @Override
    public void close() {
        deaf.forEach(Wire::close);
        silent.forEach(Device::close);
    }
}
