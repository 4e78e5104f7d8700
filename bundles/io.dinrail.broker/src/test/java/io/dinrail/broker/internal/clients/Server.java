package io.dinrail.broker.internal.clients;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.session.Broker;
import io.dinrail.broker.internal.session.BrokerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** The engine as freshly installed; after a restart it has the same port and the same folder. */
final class Server implements AutoCloseable {
    private final Path folder;
    private final InetSocketAddress address;
    private TestEngine engine;

    Server(Path folder) throws IOException {
        this.folder = folder;
        engine = new TestEngine(folder, BrokerSettings.DEFAULT, 0);
        address = engine.address();
    }

    InetSocketAddress address() {
        return address;
    }

    Broker broker() {
        return engine.broker();
    }

    void restart() throws IOException {
        stop();
        start();
    }

    void stop() {
        engine.close();
    }

    void start() throws IOException {
        engine = new TestEngine(folder, BrokerSettings.DEFAULT, address.getPort());
    }

    @Override
    public void close() {
        engine.close();
    }
}
