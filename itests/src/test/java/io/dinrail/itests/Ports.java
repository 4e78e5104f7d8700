package io.dinrail.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The ports of one instance; free at the moment they are chosen, and different from each other. */
public record Ports(int mqtt, int mqtts, int ssh, int demoModbus, int demoOpcUa) {
    public static Ports free() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            int[] free = held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            return new Ports(free[0], free[1], free[2], free[3], free[4]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.forEach(Ports::release);
        }
    }

    /** @return the properties by which the platform is told, without their prefix {@code dinrail.}. */
    Map<String, String> properties() {
        return new TreeMap<>(Map.of(
                "mqtt.port", "" + mqtt,
                "mqtts.port", "" + mqtts,
                "ssh.port", "" + ssh,
                "demo.modbus.port", "" + demoModbus,
                "demo.opcua.port", "" + demoOpcUa));
    }

    public Set<Integer> ofThePlatform() {
        return Set.of(mqtt, mqtts, ssh);
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
