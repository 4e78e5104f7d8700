package io.dinrail.southbound.line;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dinrail.testkit.ContractDevice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A device that speaks the line protocol on a port of its own. */
final class LineDevice implements ContractDevice {
    private final ServerSocket server;
    private final Map<String, Integer> memory = new ConcurrentHashMap<>(Map.of("level", 0, "setpoint", 0));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean frozen;

    LineDevice() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "line-device");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                if (cut) {
                    drop(socket);
                } else {
                    daemon(() -> serve(socket));
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!frozen) {
                    socket.getOutputStream().write((answer(line.split(" ")) + "\n").getBytes(US_ASCII));
                }
            }
        } catch (IOException e) {
            // the other side is gone
        } finally {
            drop(socket);
        }
    }

    private String answer(String[] words) {
        if (words.length < 2 || !memory.containsKey(words[1])) {
            return "no-such-place";
        }
        if (words[0].equals("set")) {
            memory.put(words[1], Integer.parseInt(words[2]));
            return "ok";
        }
        return memory.get(words[1]).toString();
    }

    private void drop(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("port", String.valueOf(server.getLocalPort()), "timeout", "300ms");
    }

    @Override
    public Map<String, String> readable() {
        return Map.of("address", "level", "type", "int32");
    }

    @Override
    public Map<String, String> writable() {
        return Map.of("address", "setpoint", "type", "int32");
    }

    @Override
    public Map<String, String> impossible() {
        return Map.of("address", "4711");
    }

    @Override
    public void set(int value) {
        memory.put("level", value);
    }

    @Override
    public int written() {
        return memory.get("setpoint");
    }

    @Override
    public void cut() {
        cut = true;
        open.forEach(this::drop);
    }

    @Override
    public void freeze() {
        frozen = true;
    }

    @Override
    public void mend() {
        cut = false;
        frozen = false;
    }

    @Override
    public int connections() {
        return open.size();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(this::drop);
    }
}
