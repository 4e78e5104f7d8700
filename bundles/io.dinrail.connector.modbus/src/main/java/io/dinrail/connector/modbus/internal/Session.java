package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.modbus.internal.wire.WireException;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads and writes over one connection. For one thread. */
final class Session {
    private final UnitTalk talk;
    private final Duration timeout;

    Session(UnitTalk talk, Duration timeout) {
        this.talk = talk;
        this.timeout = timeout;
    }

    void open() throws ConnectorException {
        try {
            talk.wire().connect();
        } catch (WireException e) {
            throw new ConnectorException(Reason.LOST, talk.target() + " " + e.getMessage(), e);
        }
    }

    /**
     * Reads points, of one unit if the host keeps lanes apart, as it should.
     *
     * @param shared whether other units use the connection too.
     */
    List<Sample> read(List<ModbusPoint> points, boolean shared) throws ConnectorException {
        int before = talk.lessons().version();
        Sample[] samples = new Sample[points.size()];
        Map<Integer, List<Block>> byUnit = talk.plan().blocks(points).stream()
                .collect(Collectors.groupingBy(Block::unit, LinkedHashMap::new, Collectors.toList()));
        try {
            readUnits(byUnit, samples, shared);
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

    private void readUnits(Map<Integer, List<Block>> byUnit, Sample[] samples, boolean shared)
            throws ConnectorException {
        Optional<ConnectorException> failure = Optional.empty();
        int failed = 0;
        for (Map.Entry<Integer, List<Block>> entry : byUnit.entrySet()) {
            int unit = entry.getKey();
            try {
                new LaneRead(
                                talk,
                                unit,
                                entry.getValue(),
                                samples,
                                talk.patience().budget(unit, shared))
                        .run();
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
}
