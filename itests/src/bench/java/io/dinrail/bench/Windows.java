package io.dinrail.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Measures in windows that the script names, over files rather than over a shell: a shell is a Java process of its own, which takes both processors for a
 * second and would be most of what is measured.
 */
final class Windows implements Runnable {
    private static final long GLANCE_MILLIS = 50;

    private final Path folder;
    private final Jitter jitter;
    private String current = "";

    Windows(Path folder, Jitter jitter) {
        this.folder = folder;
        this.jitter = jitter;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Path order = folder.resolve("window");
                String name = Files.exists(order) ? Files.readString(order).trim() : "";
                if (!name.equals(current)) {
                    Files.writeString(
                            folder.resolve("windows"),
                            current + " " + jitter.take() + "\n",
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                    current = name;
                }
                Thread.sleep(GLANCE_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("bench: no more windows are measured: " + e);
        }
    }
}
