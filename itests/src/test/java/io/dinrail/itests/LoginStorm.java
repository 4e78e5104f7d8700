package io.dinrail.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Measures logins from outside; not a test. Called by {@code measure-logins} with the port of the plaintext listener, the process id of the platform and a
 * file of credentials, {@code name,password} a line; the environment has an API key, {@code STORM_KEY} and {@code STORM_SECRET}.
 */
final class LoginStorm {
    private static final int THREADS = 32;
    private static final int ROUNDS = 3;
    private static final int TICKS_PER_SECOND = 100; // of Linux, for its programs

    private record Login(String name, String password) {}

    private final int port;
    private final Path stat;

    private LoginStorm(int port, long process) {
        this.port = port;
        this.stat = Path.of("/proc/" + process + "/stat");
    }

    public static void main(String[] arguments) throws Exception {
        LoginStorm storm = new LoginStorm(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
        List<Login> logins = Files.readAllLines(Path.of(arguments[2])).stream()
                .map(line -> line.split(","))
                .map(fields -> new Login(fields[0], fields[1]))
                .toList();
        List<Login> nobody = logins.stream()
                .map(login -> new Login("guest-" + login.name(), "")) // a client id belongs to whom it was used by
                .toList();
        List<Login> tokens = new ArrayList<>();
        for (Login login : logins) {
            tokens.add(new Login(login.name(), token(login.name())));
        }
        storm.all(logins.subList(0, 1_000)); // warms both ends
        storm.all(nobody.subList(0, 1_000));
        for (int round = 1; round <= ROUNDS; round++) {
            storm.report("with issued secrets", logins);
            storm.report("with web tokens", tokens);
            storm.report("without (anonymous.rule.set)", nobody);
        }
        storm.guessed(logins.get(0));
    }

    private void report(String what, List<Login> logins) throws Exception {
        long ticks = ticks();
        long begin = System.nanoTime();
        all(logins);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpu = (double) (ticks() - ticks) / TICKS_PER_SECOND;
        System.out.printf(
                "%d connects %s: %.1f s, %.0f a second, %.1f s of the platform's CPU%n",
                logins.size(), what, seconds, logins.size() / seconds, cpu);
    }

    /** Connects all, keeps them until all are there, and lets them go. */
    private void all(List<Login> logins) throws Exception {
        Queue<Login> waiting = new ConcurrentLinkedQueue<>(logins);
        Queue<Socket> connected = new ConcurrentLinkedQueue<>();
        Queue<Integer> refused = new ConcurrentLinkedQueue<>();
        run(THREADS, () -> {
            for (Login next = waiting.poll(); next != null; next = waiting.poll()) {
                Socket socket = new Socket("127.0.0.1", port);
                connected.add(socket);
                int code = login(socket, next);
                if (code != 0) {
                    refused.add(code);
                }
            }
        });
        for (Socket socket : connected) {
            socket.close();
        }
        if (!refused.isEmpty()) {
            throw new IllegalStateException(refused.size() + " were refused, such as with code " + refused.peek());
        }
    }

    /** How long a good device's login takes, in quiet and while somebody guesses. */
    private void guessed(Login good) throws Exception {
        latencies(good);
        for (String from : List.of("127.0.0.1", "127.0.0.2")) {
            for (boolean random : List.of(true, false)) {
                String quiet = latencies(good);
                AtomicBoolean stop = new AtomicBoolean();
                AtomicInteger guesses = new AtomicInteger();
                long begin = System.nanoTime();
                Thread attack = new Thread(() -> attack(from, random, stop, guesses, begin));
                attack.start();
                String busy = latencies(good);
                stop.set(true);
                attack.join();
                System.out.printf(
                        "a good device's login: quiet %s; with %.0f guesses a second of %s from %s: %s%n",
                        quiet,
                        guesses.get() / ((System.nanoTime() - begin) / 1e9),
                        random ? "random secrets" : "words",
                        from,
                        busy);
            }
        }
    }

    /** Guesses a thousand times a second, or as often as it gets answers with 32 connections at once. */
    private void attack(String from, boolean random, AtomicBoolean stop, AtomicInteger guesses, long begin) {
        try {
            run(THREADS, () -> {
                while (!stop.get()) {
                    int number = guesses.incrementAndGet();
                    String guess = random ? String.format("%032d", number) : "wrong-" + number;
                    try (Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(from), 0)) {
                        login(socket, new Login("guess-" + number % 500, guess));
                    }
                    long early = begin + number * 1_000_000L - System.nanoTime(); // one a millisecond
                    if (early > 0) {
                        Thread.sleep(early / 1_000_000, (int) (early % 1_000_000));
                    }
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String latencies(Login good) throws Exception {
        double[] micros = new double[300];
        for (int i = -50; i < micros.length; i++) {
            long begin = System.nanoTime();
            try (Socket socket = new Socket("127.0.0.1", port)) {
                int code = login(socket, good);
                if (code != 0) {
                    throw new IllegalStateException("the good device was refused with code " + code);
                }
            }
            if (i >= 0) {
                micros[i] = (System.nanoTime() - begin) / 1e3;
            }
            Thread.sleep(10);
        }
        Arrays.sort(micros);
        return String.format("median %.0f µs, p95 %.0f µs", micros[150], micros[285]);
    }

    /** A token as a provisioning backend signs it (RFC 7515, HS256). */
    private static String token(String device) throws GeneralSecurityException {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String header = "{\"alg\":\"HS256\",\"kid\":\"" + System.getenv("STORM_KEY") + "\"}";
        long end = Instant.now().plus(Duration.ofHours(1)).getEpochSecond();
        String claims =
                "{\"sub\":\"" + device + "\",\"exp\":" + end + ",\"channels\":[\"telemetry/" + device + "/**\"]}";
        String signed =
                encoder.encodeToString(header.getBytes(UTF_8)) + '.' + encoder.encodeToString(claims.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(System.getenv("STORM_SECRET").getBytes(UTF_8), "HmacSHA256"));
        return signed + '.' + encoder.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void run(int threads, Work work) throws Exception {
        List<Thread> all = new ArrayList<>();
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw failures.peek();
        }
    }

    /** @return the code of CONNACK. */
    private static int login(Socket socket, Login login) throws IOException {
        socket.setTcpNoDelay(true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        boolean anonymous = login.password().isEmpty();
        body.writeUTF("MQTT");
        body.write(new byte[] {4, (byte) (anonymous ? 2 : 0xC2), 0, 60});
        body.writeUTF(login.name());
        if (!anonymous) {
            body.writeUTF(login.name());
            byte[] password = login.password().getBytes(UTF_8);
            body.writeShort(password.length);
            body.write(password);
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x10);
        for (int left = bytes.size(); ; left /= 128) {
            packet.write(left % 128 | (left >= 128 ? 0x80 : 0));
            if (left < 128) {
                break;
            }
        }
        bytes.writeTo(packet);
        socket.getOutputStream().write(packet.toByteArray());
        byte[] answer = new byte[4];
        new DataInputStream(socket.getInputStream()).readFully(answer);
        return answer[3] & 0xFF;
    }

    private long ticks() throws IOException {
        String[] fields = Files.readString(stat).replaceAll(".*\\) ", "").split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
