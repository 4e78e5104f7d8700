package io.dinrail.connector.modbus.internal;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Two pseudo-terminals with a cable between them, laid by socat. */
final class SerialPair implements AutoCloseable {
    private final Process socat;
    private final Path near;
    private final Path far;

    SerialPair(Path folder) throws IOException {
        near = folder.resolve("near");
        far = folder.resolve("far");
        socat = new ProcessBuilder("socat", end(near), end(far)).inheritIO().start();
        await().until(() -> Files.exists(near) && Files.exists(far));
    }

    String near() throws IOException {
        return near.toRealPath().toString();
    }

    String far() throws IOException {
        return far.toRealPath().toString();
    }

    @Override
    public void close() throws InterruptedException {
        socat.destroy();
        socat.waitFor(5, TimeUnit.SECONDS);
    }

    private static String end(Path link) {
        return "pty,raw,echo=0,link=" + link;
    }
}
