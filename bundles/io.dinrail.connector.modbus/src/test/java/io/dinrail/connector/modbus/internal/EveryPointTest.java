package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fazecast.jSerialComm.SerialPort;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalIn;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.TagSpec.Access;
import io.dinrail.connector.modbus.internal.wire.IdleWatch;
import io.dinrail.model.api.TagValue;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every type in every order in every area over every transport, against a server of another hand. */
class EveryPointTest {
    private static final long SEED = 20261129;
    private static final int AREA = 3000;

    @TempDir
    Path folder;

    private final Counts counts = new Counts();
    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pollLast().close();
        }
    }

    @Test
    void overTcp() throws Exception {
        Plc plc = kept(new Plc(AREA, false));
        everyPoint(plc, connector("port", port(plc.port())), 500);
    }

    @Test
    void overTcpWithSeveralRequestsInFlight() throws Exception {
        Plc plc = kept(new Plc(AREA, false));
        everyPoint(plc, connector("port", port(plc.port()), "max.in.flight", "4"), 500);
    }

    @Test
    void overRtuOverTcp() throws Exception {
        Plc plc = kept(new Plc(AREA, true));
        everyPoint(plc, connector("port", port(plc.port()), "transport", "rtu-over-tcp"), 500);
    }

    @Test
    void overTlsWithAClientCertificate() throws Exception {
        Plc plc = kept(new Plc(AREA, false));
        Certificates authority = Certificates.authority("plant");
        TlsFront front = kept(new TlsFront(authority.issue("plc", "127.0.0.1"), authority.certificate(), plc.port()));
        everyPoint(plc, connector(tls(front, authority, authority.issue("gateway", "127.0.0.2"))), 500);
    }

    @Test
    void overASerialLine() throws Exception {
        SerialPair pair = kept(new SerialPair(folder));
        SerialParameters far = new SerialParameters(
                pair.far(),
                115_200,
                SerialPort.FLOW_CONTROL_DISABLED,
                SerialPort.FLOW_CONTROL_DISABLED,
                8,
                1,
                0,
                false);
        Plc plc = kept(new Plc(AREA, far));
        everyPoint(
                plc,
                connector(
                        "transport",
                        "rtu",
                        "serial.port",
                        pair.near(),
                        "serial.baud",
                        "115200",
                        "serial.parity",
                        "none"),
                120);
    }

    @Test
    void aDeviceWithACertificateOfItsOwnIsTrustedByThatCertificate() throws Exception {
        Plc plc = kept(new Plc());
        Certificates device = Certificates.authority("a device");
        Certificates gateway = Certificates.authority("a gateway");
        TlsFront front = kept(new TlsFront(device, gateway.certificate(), plc.port()));
        ModbusConnector connector = connector(tls(front, device, gateway));
        assertThat(connector.read(List.of(connector.point(row("holding:7", "")))))
                .containsExactly(good(7));
    }

    @Test
    void aDeviceThatIsNotTheOneAskedForIsNotTrusted() throws Exception {
        Plc plc = kept(new Plc());
        Certificates authority = Certificates.authority("plant");
        Certificates other = Certificates.authority("somebody");
        TlsFront wrongName =
                kept(new TlsFront(authority.issue("plc", "127.0.0.9"), authority.certificate(), plc.port()));
        TlsFront wrongAuthority =
                kept(new TlsFront(other.issue("plc", "127.0.0.1"), authority.certificate(), plc.port()));
        for (TlsFront front : List.of(wrongName, wrongAuthority)) {
            ModbusConnector connector = unopened(tls(front, authority, authority.issue("gateway", "127.0.0.2")));
            assertThat(catchThrowableOfType(ConnectorException.class, connector::open))
                    .hasMessageContaining("can't be connected: TLS failed")
                    .returns(Reason.LOST, ConnectorException::reason);
        }
    }

    @Test
    void aSerialPortThatIsNotThereIsLost() throws Exception {
        ModbusConnector connector = unopened("transport", "rtu", "serial.port", folder + "/nowhere");
        assertThat(catchThrowableOfType(ConnectorException.class, connector::open))
                .hasMessageContaining("nowhere can't be connected")
                .returns(Reason.LOST, ConnectorException::reason);
    }

    private void everyPoint(Plc plc, ModbusConnector connector, int perArea) throws Exception {
        Random random = new Random(SEED);
        List<GeneratedPoint> inputs = GeneratedPoint.of(random, "input", perArea);
        List<GeneratedPoint> holdings = GeneratedPoint.of(random, "holding", perArea);
        inputs.forEach(point -> plc.input(point.offset(), point.hex()));
        holdings.forEach(point -> plc.holding(point.offset(), point.hex()));
        List<GeneratedPoint> registers = new ArrayList<>(inputs);
        registers.addAll(holdings);
        read(connector, registers);
        bitsAreRead(plc, connector, random);

        holdings.forEach(
                point -> plc.holding(point.offset(), "0".repeat(point.hex().length())));
        for (GeneratedPoint point : holdings) {
            connector.write(connector.point(point.spec()), point.value());
            assertThat(plc.holding(point.offset(), point.hex().length() / 4))
                    .as("%s", point)
                    .isEqualTo(point.hex());
        }
        read(connector, holdings);
        bitsAreWritten(plc, connector, random);
        assertThat(counts.faults())
                .as("%s, timeouts %s, refused %s", counts.invalid(), counts.timeouts(), counts.refused())
                .isZero();
    }

    private static void read(ModbusConnector connector, List<GeneratedPoint> points) throws ConnectorException {
        List<Sample> samples = connector.read(
                points.stream().map(point -> connector.point(point.spec())).toList());
        for (int i = 0; i < points.size(); i++) {
            assertThat(samples.get(i))
                    .as("%s", points.get(i))
                    .isEqualTo(Sample.good(points.get(i).value()));
        }
    }

    private static void bitsAreRead(Plc plc, ModbusConnector connector, Random random) throws ConnectorException {
        for (int i = 0; i < 100; i++) {
            plc.image.getDigitalOut(i).set(random.nextBoolean());
            plc.image.setDigitalIn(i, new SimpleDigitalIn(random.nextBoolean()));
        }
        for (String area : List.of("coil", "discrete")) {
            List<ModbusPoint> points = IntStream.range(0, 100)
                    .mapToObj(i -> connector.point(row(area + ":" + i, "bool")))
                    .toList();
            List<Sample> expected = IntStream.range(0, 100)
                    .mapToObj(i -> area.equals("coil")
                            ? plc.image.getDigitalOut(i).isSet()
                            : plc.image.getDigitalIn(i).isSet())
                    .map(state -> Sample.good(TagValue.of(state)))
                    .toList();
            assertThat(connector.read(points)).isEqualTo(expected);
        }
    }

    private static void bitsAreWritten(Plc plc, ModbusConnector connector, Random random) throws ConnectorException {
        for (int i = 0; i < 20; i++) {
            boolean state = random.nextBoolean();
            connector.write(connector.point(row("coil:" + i, "bool", Access.RW, Map.of())), TagValue.of(state));
            assertThat(plc.image.getDigitalOut(i).isSet()).isEqualTo(state);
        }
        plc.holding(0, "0f0f");
        write(connector, "holding:0.15", "bool", TagValue.of(true));
        write(connector, "holding:0.0", "bool", TagValue.of(false));
        assertThat(plc.holding(0, 1)).isEqualTo("8f0e");
        write(connector, "holding:0.8", "int8", TagValue.of(-2));
        assertThat(plc.holding(0, 1)).isEqualTo("fe0e");
        write(connector, "holding:0.0", "uint8", TagValue.of(255));
        assertThat(plc.holding(0, 1)).isEqualTo("feff");
    }

    private static void write(ModbusConnector connector, String address, String type, TagValue value)
            throws ConnectorException {
        ModbusPoint point = connector.point(row(address, type, Access.RW, Map.of()));
        connector.write(point, value);
        assertThat(connector.read(List.of(point))).containsExactly(Sample.good(value));
    }

    private String[] tls(TlsFront front, Certificates trust, Certificates own) throws Exception {
        return new String[] {
            "transport", "tls",
            "port", port(front.port()),
            "tls.trust", trust.certificateFile(folder).toString(),
            "tls.certificate", own.certificateFile(folder).toString(),
            "tls.key", own.keyFile(folder).toString()
        };
    }

    private ModbusConnector connector(String... settings) throws ConnectorException {
        ModbusConnector connector = unopened(settings);
        connector.open();
        return connector;
    }

    private ModbusConnector unopened(String... settings) {
        String[] patient = java.util.Arrays.copyOf(settings, settings.length + 2);
        patient[settings.length] = "timeout";
        patient[settings.length + 1] = "5s";
        ModbusConnector connector =
                new ModbusConnector("press", settings(patient), counts, new IdleWatch(), Clock.systemUTC());
        open.add(connector::close);
        return connector;
    }

    private <T extends AutoCloseable> T kept(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private static String port(int port) {
        return String.valueOf(port);
    }

    private static Sample good(long value) {
        return Sample.good(TagValue.of(value));
    }
}
