package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.Meter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A host's meter that a test can look at. */
final class Counts implements ConnectorContext, Meter {
    private final Optional<Path> folder;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();
    private final Map<String, Long> invalid = new ConcurrentHashMap<>();
    private final Map<String, Long> refused = new ConcurrentHashMap<>();

    Counts() {
        this(Optional.empty());
    }

    Counts(Optional<Path> folder) {
        this.folder = folder;
    }

    @Override
    public Meter meter() {
        return this;
    }

    @Override
    public Optional<Path> folder() {
        return folder;
    }

    @Override
    public void requested(int bytes) {
        requests.incrementAndGet();
        bytesOut.addAndGet(bytes);
    }

    @Override
    public void answered(int bytes, long nanos) {
        answers.incrementAndGet();
        bytesIn.addAndGet(bytes);
    }

    @Override
    public void timedOut() {
        timeouts.incrementAndGet();
    }

    @Override
    public void invalid(String kind) {
        invalid.merge(kind, 1L, Long::sum);
    }

    @Override
    public void refused(String code) {
        refused.merge(code, 1L, Long::sum);
    }

    long requests() {
        return requests.get();
    }

    long answers() {
        return answers.get();
    }

    long bytesOut() {
        return bytesOut.get();
    }

    long bytesIn() {
        return bytesIn.get();
    }

    long timeouts() {
        return timeouts.get();
    }

    Map<String, Long> invalid() {
        return new TreeMap<>(invalid);
    }

    Map<String, Long> refused() {
        return new TreeMap<>(refused);
    }

    /** @return whatever was not a good answer. */
    long faults() {
        return timeouts.get()
                + invalid.values().stream().mapToLong(Long::longValue).sum()
                + refused.values().stream().mapToLong(Long::longValue).sum();
    }
}
