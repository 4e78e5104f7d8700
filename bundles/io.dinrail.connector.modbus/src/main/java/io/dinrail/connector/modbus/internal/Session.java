package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.modbus.internal.wire.WireException;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads and writes over one connection. For one thread. */
final class Session {
    private final UnitTalk talk;
    private final Duration timeout;
    /** What reads left for later of units that had answered. */
    private final Map<Integer, List<ModbusPoint>> left = new HashMap<>();

    Session(UnitTalk talk, Duration timeout) {
        this.talk = talk;
        this.timeout = timeout;
    }

    void open() throws ConnectorException {
        left.clear();
        try {
            talk.wire().connect();
        } catch (WireException e) {
            throw new ConnectorException(Reason.LOST, talk.target() + " " + e.getMessage(), e);
        }
    }

    /**
     * Reads points, of one unit if the host keeps lanes apart, as it should.
     *
     * @param others how long the other units on the connection can wait; empty if there are none.
     */
    List<Sample> read(List<ModbusPoint> points, Optional<Duration> others) throws ConnectorException {
        int before = talk.lessons().version();
        Sample[] samples = new Sample[points.size()];
        try {
            readUnits(points, samples, others);
        } finally {
            talk.lessons().save(before);
        }
        return Arrays.asList(samples);
    }

    void write(ModbusPoint point, TagValue value) throws ConnectorException {
        int before = talk.lessons().version();
        try {
            new PointWrite(talk, point, timeout).run(value);
        } finally {
            talk.lessons().save(before);
        }
    }

    private void readUnits(List<ModbusPoint> points, Sample[] samples, Optional<Duration> others)
            throws ConnectorException {
        Map<Integer, List<Block>> byUnit = talk.plan().blocks(points).stream()
                .collect(Collectors.groupingBy(Block::unit, LinkedHashMap::new, Collectors.toList()));
        Optional<ConnectorException> failure = Optional.empty();
        int failed = 0;
        for (Map.Entry<Integer, List<Block>> entry : byUnit.entrySet()) {
            try {
                readUnit(entry.getKey(), entry.getValue(), points, samples, others);
            } catch (ConnectorException e) {
                if (e.reason() != Reason.LANE) {
                    throw e;
                }
                failed++;
                failure = Optional.of(e);
                entry.getValue()
                        .forEach(block -> block.slots()
                                .forEach(slot -> samples[slot.index()] = Sample.bad(Quality.COMM_FAILURE)));
            }
        }
        if (failure.isPresent() && failed == byUnit.size()) {
            throw failure.get();
        }
    }

    private void readUnit(
            int unit, List<Block> blocks, List<ModbusPoint> points, Sample[] samples, Optional<Duration> others)
            throws ConnectorException {
        boolean continued = left.remove(unit, points);
        Patience patience = talk.patience();
        LaneRead read = new LaneRead(
                talk,
                unit,
                blocks,
                samples,
                others.map(wait -> patience.shared(unit, wait)).orElseGet(patience::alone),
                continued);
        try {
            read.run();
        } catch (ConnectorException e) {
            if (e.reason() == Reason.LATER && read.isHeard()) {
                left.put(unit, leftOf(points, samples));
            }
            throw e;
        }
    }

    private static List<ModbusPoint> leftOf(List<ModbusPoint> points, Sample[] samples) {
        return IntStream.range(0, samples.length)
                .filter(i -> samples[i] == null)
                .mapToObj(points::get)
                .toList();
    }
}
