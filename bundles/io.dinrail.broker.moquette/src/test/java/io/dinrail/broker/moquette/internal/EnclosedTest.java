package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnclosedTest {
    private static final String NAME = "press-1";

    @TempDir
    Path folder;

    private Plant plant;

    @BeforeEach
    void open() throws Exception {
        plant = new Plant(folder, new FakeIdentity().device(NAME).backend("hist"));
    }

    @AfterEach
    void close() {
        plant.close();
    }

    /** A reason string, an assigned client id, session expiry, a subscription identifier, receive maximum, a response topic with a wildcard, NUL. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1f000178", "12000178", "1100000005", "0b07", "210001", "080003612f23", "26000161000100", "0102"
            })
    void whatIsNotForThoseWhoHearAMessageClosesAndReachesNobody(String properties) throws Exception {
        try (Raw backend = subscribed();
                Raw device = plant.raw()) {
            device.send(0x10, connect(NAME, ""));
            assertThat(device.answer()).startsWith("20 0000");
            device.send(0x30, publish(properties));
            assertThat(device.answer()).startsWith("e0 82");
            expectNext(backend);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"230001", "1f000178", "0b07", "080003612f23"})
    void itIsNotForAWillEither(String properties) throws Exception {
        try (Raw device = plant.raw()) {
            device.send(0x10, connect(NAME, properties));
            assertThat(device.answer()).isEqualTo("closed");
        }
    }

    @Test
    void whatIsForThemArrives() throws Exception {
        try (Raw backend = subscribed();
                Raw device = plant.raw()) {
            String properties = "0101" + "03000178" + "080003612f62" + "09000100" + "26000161" + "0003c3a40a";
            device.send(0x10, connect(NAME, "1800000000" + properties));
            assertThat(device.answer()).startsWith("20 0000");
            device.send(0x30, publish(properties));
            assertThat(backend.answer()).contains("03000178", "080003612f62", "09000100", "26000161" + "0003c3a40a");
        }
    }

    private Raw subscribed() throws Exception {
        Raw backend = plant.raw();
        backend.send(0x10, connect("hist", ""));
        assertThat(backend.answer()).startsWith("20 0000");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(1);
        out.write(0);
        out.writeUTF("telemetry/#");
        out.write(0);
        backend.send(0x82, bytes.toByteArray());
        assertThat(backend.answer()).startsWith("90 0001");
        return backend;
    }

    /** What comes next is what was sent last. */
    private void expectNext(Raw backend) throws Exception {
        try (Raw device = plant.raw()) {
            device.send(0x10, connect(NAME, ""));
            assertThat(device.answer()).startsWith("20 0000");
            device.send(0x30, publish("03000179"));
            assertThat(backend.answer()).contains("03000179");
        }
    }

    private static byte[] connect(String name, String willProperties) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("MQTT");
        out.write(5);
        out.write(willProperties.isEmpty() ? 0xC2 : 0xC6);
        out.writeShort(60);
        out.write(0);
        out.writeUTF(name);
        if (!willProperties.isEmpty()) {
            enclose(out, willProperties);
            out.writeUTF("devices/" + name + "/status");
            out.writeUTF("offline");
        }
        out.writeUTF(name);
        out.writeUTF(name + "-secret");
        return bytes.toByteArray();
    }

    private static byte[] publish(String properties) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("telemetry/" + NAME + "/t");
        enclose(out, properties);
        out.write("1".getBytes(UTF_8));
        return bytes.toByteArray();
    }

    private static void enclose(DataOutputStream out, String properties) throws IOException {
        byte[] enclosed = HexFormat.of().parseHex(properties);
        out.write(enclosed.length);
        out.write(enclosed);
    }
}
