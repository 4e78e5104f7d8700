package io.dinrail.broker.internal.conformance;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.session.BrokerSettings;
import io.dinrail.broker.internal.session.Durabilities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Our engine on a folder of its own, without a limit on the rate of publishing: tests are quick. */
final class EngineUnderTest implements ServerUnderTest {
    private static final BrokerSettings SETTINGS = new BrokerSettings(
            Durabilities.FORCED,
            10_000,
            16 << 20,
            true,
            256 * 1024,
            BrokerSettings.Publishing.ANY,
            100,
            Duration.ofDays(30),
            500,
            100_000,
            256 << 20,
            // A client that hung up just before a restart may still count as connected then: its will has this grace.
            Duration.ofSeconds(1),
            32);

    private final Path folder;
    private TestEngine engine;

    EngineUnderTest() {
        try {
            folder = Files.createTempDirectory("conformance");
            engine = new TestEngine(folder, SETTINGS, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InetSocketAddress address() {
        return engine.address();
    }

    @Override
    public Optional<InetSocketAddress> webSocket() {
        return Optional.of(engine.webSocket());
    }

    @Override
    public boolean restarts() {
        return true;
    }

    @Override
    public void restart() {
        int port = address().getPort();
        engine.close();
        try {
            engine = new TestEngine(folder, SETTINGS, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        engine.close();
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
