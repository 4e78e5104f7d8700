package io.dinrail.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * MQTT 3.1.1 and 5 by the byte, for what a client library doesn't let a test do: die without a word, keep on after a refusal, and read every code.
 */
final class RawMqtt implements AutoCloseable {
    static final int V3 = 4;
    static final int V5 = 5;
    private static final int SECONDS = 20;
    /** The other code of success that PUBACK has (MQTT 5.0, section 3.4.2.1). */
    private static final int NOBODY_LISTENS = 0x10;

    /** What a client says in its CONNECT. */
    record Hello(int version, String clientId, String username, String password, boolean clean, Optional<Will> will) {
        static Hello of(int version, String clientId, String username, String password) {
            return new Hello(version, clientId, username, password, true, Optional.empty());
        }

        Hello will(String topic, String payload, boolean retain) {
            return new Hello(
                    version, clientId, username, password, clean, Optional.of(new Will(topic, payload, retain)));
        }

        Hello kept() {
            return new Hello(version, clientId, username, password, false, will);
        }
    }

    record Will(String topic, String payload, boolean retain) {}

    private final Hello hello;
    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<byte[]>> answers = new ConcurrentHashMap<>();
    private final List<MqttClient.Heard> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> connack = new CompletableFuture<>();
    private final CompletableFuture<Integer> gone = new CompletableFuture<>();
    private volatile int lastWord = -1;

    /** Says hello; whether it was let in, {@link #code} tells. */
    RawMqtt(Socket socket, Hello hello) throws IOException {
        this.socket = socket;
        this.hello = hello;
        this.out = new DataOutputStream(socket.getOutputStream());
        this.in = new DataInputStream(socket.getInputStream());
        socket.setTcpNoDelay(true);
        Thread reader = new Thread(this::read, "raw-mqtt-" + hello.clientId());
        reader.setDaemon(true);
        reader.start();
        connect();
    }

    /** @return the code of CONNACK; -1 if the connection ended without one. */
    int code() {
        return result(connack);
    }

    /** @return the code for the filter; -1 if the connection ended without one. */
    int subscribe(String filter) throws IOException {
        int id = nextId();
        Body body = new Body().word(id).properties(hello.version()).text(filter).octet(1);
        byte[] answer = exchange(0x82, id, body);
        return answer.length == 0 ? -1 : answer[answer.length - 1] & 0xFF;
    }

    /** @return the reason code of PUBACK, 0 if it was taken; -1 if the connection ended without one. */
    int publish(String topic, String payload, boolean retain) throws IOException {
        int id = nextId();
        Body body = new Body().text(topic).word(id).properties(hello.version()).rest(payload);
        byte[] answer = exchange(retain ? 0x33 : 0x32, id, body);
        int reason = answer.length > 2 ? answer[2] & 0xFF : 0;
        return answer.length == 0 ? -1 : reason == NOBODY_LISTENS ? 0 : reason;
    }

    List<MqttClient.Heard> heard() {
        return List.copyOf(heard);
    }

    /** @return the reason of DISCONNECT once the connection has ended; -1 if there was none. */
    int awaitEnd() {
        return result(gone);
    }

    boolean open() {
        return !gone.isDone();
    }

    /** Dies as a device without power does, as far as TCP can tell it. */
    void die() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            send(0xE0, new Body());
            socket.close();
        } catch (IOException e) {
            // it has gone before
        }
    }

    private void connect() throws IOException {
        int flags = (hello.clean() ? 2 : 0)
                | (hello.username().isEmpty() ? 0 : 0x80)
                | (hello.password().isEmpty() ? 0 : 0x40)
                | hello.will().map(will -> 0x0C | (will.retain() ? 0x20 : 0)).orElse(0);
        Body body = new Body().text("MQTT").octet(hello.version()).octet(flags).word(60);
        if (hello.version() == V5) {
            // a session that outlives the connection, or none
            body.octet(hello.clean() ? 0 : 5);
            if (!hello.clean()) {
                body.octet(0x11).word(0).word(3_600);
            }
        }
        body.text(hello.clientId());
        hello.will()
                .ifPresent(will ->
                        body.properties(hello.version()).text(will.topic()).text(will.payload()));
        if (!hello.username().isEmpty()) {
            body.text(hello.username());
        }
        if (!hello.password().isEmpty()) {
            body.text(hello.password());
        }
        send(0x10, body);
    }

    private byte[] exchange(int type, int id, Body body) throws IOException {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        answers.put(id, answer);
        if (gone.isDone()) {
            return new byte[0];
        }
        try {
            send(type, body);
        } catch (IOException e) {
            return new byte[0]; // it was closed in the face of this packet
        }
        return result(answer);
    }

    private int nextId() {
        return 1 + ids.getAndIncrement() % 65_535;
    }

    private synchronized void send(int type, Body body) throws IOException {
        byte[] bytes = body.bytes();
        out.writeByte(type);
        int left = bytes.length;
        do {
            out.writeByte(left % 128 | (left >= 128 ? 0x80 : 0));
            left /= 128;
        } while (left > 0);
        out.write(bytes);
        out.flush();
    }

    private void read() {
        try {
            while (true) {
                int type = in.readUnsignedByte();
                byte[] body = new byte[length()];
                in.readFully(body);
                take(type, body);
            }
        } catch (IOException e) {
            connack.complete(-1);
            gone.complete(lastWord);
            answers.values().forEach(answer -> answer.complete(new byte[0]));
        }
    }

    private int length() throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = in.readUnsignedByte();
            length |= (octet & 0x7F) << shift;
            if (octet < 128) {
                return length;
            }
        }
    }

    private void take(int type, byte[] body) throws IOException {
        switch (type >> 4) {
            case 2 -> connack.complete(body[1] & 0xFF);
            case 3 -> hear(type, body);
            case 4, 9 -> Optional.ofNullable(answers.remove(word(body, 0))).ifPresent(answer -> answer.complete(body));
            case 14 -> lastWord = body.length > 0 ? body[0] & 0xFF : 0;
            default -> {
                // what a test doesn't ask about
            }
        }
    }

    private void hear(int type, byte[] body) throws IOException {
        int topicEnd = 2 + word(body, 0);
        int qos = type >> 1 & 3;
        int at = topicEnd + (qos > 0 ? 2 : 0);
        if (hello.version() == V5) {
            at += 1 + body[at]; // fewer than 128 bytes of properties in these tests
        }
        heard.add(new MqttClient.Heard(
                new String(body, 2, topicEnd - 2, UTF_8), new String(body, at, body.length - at, UTF_8)));
        if (qos == 1) {
            send(0x40, new Body().word(word(body, topicEnd)));
        }
    }

    private static int word(byte[] body, int at) {
        return (body[at] & 0xFF) << 8 | body[at + 1] & 0xFF;
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer within " + SECONDS + " s", e);
        }
    }

    /** The bytes behind a packet's fixed header. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Body octet(int value) {
            bytes.write(value);
            return this;
        }

        Body word(int value) {
            return octet(value >> 8).octet(value);
        }

        Body text(String text) {
            return word(text.getBytes(UTF_8).length).rest(text);
        }

        Body rest(String text) {
            try {
                bytes.write(text.getBytes(UTF_8));
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e); // memory
            }
        }

        /** No properties, which only MQTT 5 says in so many words. */
        Body properties(int version) {
            return version == V5 ? octet(0) : this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
