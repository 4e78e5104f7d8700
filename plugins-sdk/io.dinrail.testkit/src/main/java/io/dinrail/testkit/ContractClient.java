package io.dinrail.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A small client of MQTT 3.1.1, so that the contract's tests depend on no library; used by one thread. */
final class ContractClient implements AutoCloseable {
    private static final int PATIENCE = 15_000;
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int SUBACK = 9;
    private static final int PINGRESP = 13;

    /** A message that came. */
    record Arrival(String topic, String payload, int qos, boolean retained, boolean again, int packetId) {}

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private int lastId;

    /** Connects; {@link #present} tells whether there was a session. */
    ContractClient(ContractBroker broker, String login, boolean clean) throws IOException {
        InetSocketAddress address = broker.address();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE);
        socket.connect(address, PATIENCE);
        in = new DataInputStream(socket.getInputStream());
        send(0x10, out -> {
            out.writeUTF("MQTT");
            out.write(4);
            out.write(clean ? 0xC2 : 0xC0);
            out.writeShort(0);
            out.writeUTF(login);
            out.writeUTF(login);
            out.writeUTF(broker.password(login));
        });
        ByteBuffer connack = await(CONNACK);
        present = connack.get(0) == 1;
        if (connack.get(1) != 0) {
            throw new IOException("refused with " + connack.get(1));
        }
    }

    private final boolean present;

    boolean present() {
        return present;
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private void send(int first, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int length = bytes.size();
        for (; length > 0x7F; length >>>= 7) {
            packet.write(length & 0x7F | 0x80);
        }
        packet.write(length);
        bytes.writeTo(packet);
        socket.getOutputStream().write(packet.toByteArray());
    }

    /** Reads until a packet of that type has come; messages are kept for {@link #receive}. */
    private ByteBuffer await(int type) throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            int length = 0;
            int octet = 0x80;
            for (int shift = 0; octet >= 0x80; shift += 7) {
                octet = in.readUnsignedByte();
                length |= (octet & 0x7F) << shift;
            }
            ByteBuffer body = ByteBuffer.wrap(in.readNBytes(length));
            if (first >> 4 == PUBLISH) {
                arrived(first, body);
            }
            if (first >> 4 == type) {
                return body;
            }
        }
    }

    private void arrived(int first, ByteBuffer body) {
        byte[] topic = new byte[body.getChar()];
        body.get(topic);
        int qos = first >> 1 & 3;
        int packetId = qos == 0 ? 0 : body.getChar();
        String payload = UTF_8.decode(body).toString();
        arrivals.add(new Arrival(new String(topic, UTF_8), payload, qos, (first & 1) != 0, (first & 8) != 0, packetId));
    }

    void subscribe(String filter, int qos) throws IOException {
        send(0x82, out -> {
            out.writeShort(++lastId);
            out.writeUTF(filter);
            out.write(qos);
        });
        int granted = await(SUBACK).get(2);
        if (granted != qos) {
            throw new IOException(filter + " was granted " + granted);
        }
    }

    /** Publishes; with QoS 1 it waits for the answer. */
    void publish(String topic, String payload, int qos) throws IOException {
        publish(qos << 1, topic, payload);
    }

    /** Publishes with QoS 1 as if it had been sent before, which it was not. */
    void publishAgain(String topic, String payload) throws IOException {
        publish(0x0A, topic, payload);
    }

    private void publish(int flags, String topic, String payload) throws IOException {
        send(0x30 | flags, out -> {
            out.writeUTF(topic);
            if (flags != 0) {
                out.writeShort(++lastId);
            }
            out.write(payload.getBytes(UTF_8));
        });
        if (flags != 0) {
            await(PUBACK);
        }
    }

    /** The next message, not acknowledged. */
    Arrival take() throws IOException {
        if (arrivals.isEmpty()) {
            await(PUBLISH);
        }
        return arrivals.removeFirst();
    }

    /** The next message, acknowledged. */
    Arrival receive() throws IOException {
        Arrival arrival = take();
        if (arrival.qos() == 1) {
            send(0x40, out -> out.writeShort(arrival.packetId()));
        }
        return arrival;
    }

    /** A message that has come by the time that a ping is answered. */
    Optional<Arrival> maybe() throws IOException {
        send(0xC0, out -> {});
        await(PINGRESP);
        return Optional.ofNullable(arrivals.poll());
    }

    void disconnect() throws IOException {
        send(0xE0, out -> {});
        awaitEnd();
    }

    /** Waits until the broker has closed. */
    void awaitEnd() throws IOException {
        try {
            await(0);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open", e);
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
