package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A client that sends any bytes, and gives back packets as hexadecimal text, {@code closed} or {@code silence}. */
final class Raw implements AutoCloseable {
    private final Socket socket;

    Raw(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(5_000);
    }

    Raw send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Raw send(int type, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        int length = body.length;
        do {
            packet.write(length > 127 ? length % 128 | 0x80 : length);
            length /= 128;
        } while (length > 0);
        packet.write(body);
        return send(packet.toByteArray());
    }

    /** Sends a CONNECT of MQTT 3.1.1 with a password; the flags are those of the will and the clean session. */
    Raw connect(String clientId, String name, int flags, String... will) throws IOException {
        return send(0x10, connectBody(clientId, name, flags, will));
    }

    static byte[] connectBody(String clientId, String name, int flags, String... will) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("MQTT");
        out.write(4);
        out.write(0xC0 | flags);
        out.writeShort(60);
        out.writeUTF(clientId);
        for (String text : will) {
            out.writeUTF(text);
        }
        out.writeUTF(name);
        out.writeUTF(name + "-secret");
        return bytes.toByteArray();
    }

    Raw publish(int type, String topic, int packetId, String payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(topic);
        if (packetId > 0) {
            out.writeShort(packetId);
        }
        out.write(payload.getBytes(UTF_8));
        return send(type, bytes.toByteArray());
    }

    Raw subscribe(int packetId, int qos, String... filters) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(packetId);
        for (String filter : filters) {
            out.writeUTF(filter);
            out.write(qos);
        }
        return send(0x82, bytes.toByteArray());
    }

    /** @return the next packet that comes. */
    String answer() throws IOException {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.read();
            if (type < 0) {
                return "closed";
            }
            int length = in.read();
            if (length > 127) {
                length = length - 128 + 128 * in.read();
            }
            return "%02x %s".formatted(type, java.util.HexFormat.of().formatHex(in.readNBytes(length)));
        } catch (SocketTimeoutException e) {
            return "silence";
        } catch (IOException e) {
            return "closed"; // reset
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
