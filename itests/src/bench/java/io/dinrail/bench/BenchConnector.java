package io.dinrail.bench;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.Meter;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A device in memory with float registers that are all others at each poll; decoded as Modbus would. */
final class BenchConnector implements Connector<Integer> {
    private static final int REGISTERS = 4_096;

    private final long periodNanos;
    private final Jitter jitter;
    private final Meter meter;
    private final ByteBuffer memory = ByteBuffer.allocate(REGISTERS * Float.BYTES);
    private long polls;
    private long due;

    BenchConnector(int periodMillis, Jitter jitter, Meter meter) {
        this.periodNanos = TimeUnit.MILLISECONDS.toNanos(periodMillis);
        this.jitter = jitter;
        this.meter = meter;
    }

    @Override
    public Integer point(TagSpec tag) {
        return Integer.parseInt(tag.address());
    }

    @Override
    public void open() {
        polls = 0;
    }

    @Override
    public List<Sample> read(List<Integer> points) {
        long now = System.nanoTime();
        time(now);
        meter.requested(12);
        change();
        List<Sample> samples = new ArrayList<>(points.size());
        for (int point : points) {
            samples.add(Sample.good(TagValue.of(memory.getFloat(point * Float.BYTES))));
        }
        meter.answered(points.size() * Float.BYTES, System.nanoTime() - now);
        return samples;
    }

    /**
     * Each poll is compared with the beat, so that drift would show as well. No poll comes before its time: the earliest ones tell where the beat is. A poll
     * that was left out is an overrun, and counted as such by the host.
     */
    private void time(long now) {
        if (++polls == 5) {
            due = now;
        } else if (polls > 5) {
            due += Math.max(1, (now - due + periodNanos / 20) / periodNanos) * periodNanos;
            due = Math.min(due, now);
            jitter.add(now - due);
        }
    }

    private void change() {
        for (int i = 0; i < REGISTERS; i++) {
            memory.putFloat(i * Float.BYTES, (polls * 7 + i) % 1_000 / 10f);
        }
    }

    @Override
    public void write(Integer point, TagValue value) {}

    @Override
    public void close() {}
}
