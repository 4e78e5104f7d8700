package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Periods;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.modbus.internal.Block.Slot;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and writes over one connection, and keeps what was learnt about the units behind it. For one thread. */
final class Session implements AutoCloseable {
    private final ModbusSettings settings;
    private final Link link;
    private final ReadPlan plan;
    private final Lanes lanes;

    Session(ModbusSettings settings, Link link, ReadPlan plan, Lanes lanes) {
        this.settings = settings;
        this.link = link;
        this.plan = plan;
        this.lanes = lanes;
    }

    List<Sample> read(List<ModbusPoint> points, Set<Integer> units) throws ConnectorException {
        Sample[] samples = new Sample[points.size()];
        for (Block block : plan.blocks(points)) {
            if (lanes.rests(block.unit())) {
                fill(samples, block, Sample.bad(Quality.COMM_FAILURE));
            } else {
                readBlock(block, samples, units);
            }
        }
        return Arrays.asList(samples);
    }

    void write(ModbusPoint point, TagValue value) throws ConnectorException {
        int unit = point.address().unit();
        try {
            byte[] request = Pdu.write(point, value);
            // never asked twice: whether the first was obeyed isn't known
            ByteBuffer answer = link.exchange(unit, request).orElseThrow(() -> link.failed(unit, silence(1), null));
            lanes.answered(unit);
            Pdu.checkWritten(request, answer);
        } catch (IllegalArgumentException e) {
            throw new ConnectorException(Reason.REFUSED, "'" + point + "' takes no such value: " + e.getMessage(), e);
        } catch (Refused e) {
            throw new ConnectorException(
                    Reason.REFUSED,
                    settings.target() + " unit " + unit + ": refuses to write '" + point + "': " + e.status(),
                    e);
        } catch (Malformed e) {
            throw link.failed(unit, e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private void readBlock(Block block, Sample[] samples, Set<Integer> units) throws ConnectorException {
        try {
            Optional<byte[]> data = ask(block, units);
            if (data.isEmpty()) {
                fill(samples, block, Sample.bad(Quality.COMM_FAILURE));
                return;
            }
            for (Slot slot : block.slots()) {
                samples[slot.index()] = Sample.good(slot.point().decode(data.get(), block.start()));
            }
        } catch (Refused e) {
            refused(block, e, samples, units);
        }
    }

    private void refused(Block block, Refused refusal, Sample[] samples, Set<Integer> units) throws ConnectorException {
        if (refusal.isUnreachable()) {
            lanes.unreachable(block.unit());
        } else if (refusal.isAboutAddresses()) {
            plan.refused(block);
            if (block.slots().size() > 1) {
                for (Slot slot : block.slots()) {
                    readBlock(Block.of(List.of(slot)), samples, units);
                }
                return;
            }
        }
        fill(samples, block, Sample.bad(refusal.status()));
    }

    private Optional<byte[]> ask(Block block, Set<Integer> units) throws ConnectorException, Refused {
        int unit = block.unit();
        int attempts = lanes.isSuspect(unit) ? 1 : settings.retries() + 1;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            Optional<ByteBuffer> answer = link.exchange(unit, Pdu.read(block));
            if (answer.isPresent()) {
                return Optional.of(data(block, answer.get()));
            }
        }
        lanes.silent(unit);
        if (lanes.isDead(units)) {
            throw link.failed(unit, silence(attempts), null);
        }
        return Optional.empty();
    }

    private byte[] data(Block block, ByteBuffer answer) throws ConnectorException, Refused {
        try {
            byte[] data = Pdu.data(block, answer);
            lanes.answered(block.unit());
            return data;
        } catch (Refused e) {
            if (!e.isUnreachable()) {
                lanes.answered(block.unit());
            }
            throw e;
        } catch (Malformed e) {
            throw link.failed(block.unit(), e.getMessage(), e);
        }
    }

    private String silence(int attempts) {
        String limit = "no answer within " + Periods.format(settings.timeout());
        return attempts == 1 ? limit : limit + ", asked " + attempts + " times";
    }

    private static void fill(Sample[] samples, Block block, Sample sample) {
        block.slots().forEach(slot -> samples[slot.index()] = sample);
    }
}
