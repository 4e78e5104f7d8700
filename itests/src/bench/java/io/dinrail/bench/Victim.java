package io.dinrail.bench;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** A connector that does what a file says: {@code quiet}, {@code crash}, {@code hang} or {@code flood}. */
final class Victim implements Connector<String> {
    private final Path orders;
    private volatile boolean closed;

    Victim(Path orders) {
        this.orders = orders;
    }

    private String order() {
        try {
            return Files.readString(orders).trim();
        } catch (IOException e) {
            return "quiet";
        }
    }

    @Override
    public String point(TagSpec tag) {
        return tag.address();
    }

    @Override
    public void open() {
        closed = false;
    }

    @Override
    public boolean subscribes() {
        return true;
    }

    @Override
    public boolean subscribes(String point) {
        return point.equals("reported");
    }

    @Override
    public void subscribe(List<Subscribed<String>> points, SampleSink<String> sink) {
        Thread flood = new Thread(() -> flood(sink), "bench-flood");
        flood.setDaemon(true);
        flood.start();
    }

    private void flood(SampleSink<String> sink) {
        List<SampleSink.Report<String>> wave =
                Collections.nCopies(1_000, new SampleSink.Report<>("reported", Sample.good(TagValue.of(1))));
        while (!closed) {
            if (order().equals("flood")) {
                sink.report(wave);
            } else {
                pause(100);
            }
        }
    }

    @Override
    public List<Sample> read(List<String> points) throws ConnectorException {
        switch (order()) {
            case "crash" -> throw new IllegalStateException("the benchmark says so");
            case "hang" -> pause(Long.MAX_VALUE);
            default -> {}
        }
        return points.stream().map(point -> Sample.good(TagValue.of(1))).toList();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void write(String point, TagValue value) {}

    @Override
    public void close() {
        closed = true;
    }
}
