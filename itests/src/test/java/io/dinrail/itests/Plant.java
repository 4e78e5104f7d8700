package io.dinrail.itests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files and logins with which a plant engineer would set an instance up. */
final class Plant {
    private final Platform platform;

    Plant(Platform platform) {
        this.platform = platform;
    }

    /** Connects the mixer: its temperature is read every 100 ms, its setpoint may be written. */
    Plant mixer(int port) throws IOException {
        tags("mixer", """
                device,tag,address,type,access,poll,unit,min,max
                mixer-1,temperature,input:0,float32,r,100ms,Cel,,
                mixer-1,setpoint,holding:0,float32,rw,200ms,Cel,0,100
                """);
        connector("modbus", "mixer", "host = 127.0.0.1\nport = " + port + "\ntimeout = 500ms\n");
        return this;
    }

    /** Connects the robot: its speed is subscribed, and may be written. */
    Plant robot(int port) throws IOException {
        tags("robot", "device,tag,address,access,poll\nrobot-1,speed," + OpcUaDevice.ADDRESS + ",rw,100ms\n");
        connector("opcua", "robot", "endpoint = opc.tcp://127.0.0.1:" + port + "\npublishing.interval = 100ms\n");
        return this;
    }

    void tags(String connector, String csv) throws IOException {
        Path folder = Files.createDirectories(platform.etc().resolve("tags"));
        Files.writeString(folder.resolve(connector + ".csv"), csv);
    }

    void connector(String type, String name, String cfg) throws IOException {
        Files.writeString(platform.etc().resolve("io.dinrail.connector." + type + "~" + name + ".cfg"), cfg);
    }

    void awaitState(String connector, String state) {
        await(connector + " " + state)
                .atMost(Platform.PATIENCE)
                .until(() -> platform.run("dinrail:connector-show " + connector + " --json")
                        .out()
                        .contains("\"state\":\"" + state + "\""));
    }

    /** A backend that hears everything it subscribes to. */
    MqttClient backend(String name) throws Exception {
        return client(name, "--rule-set backend");
    }

    /** A device with a credential of its own. */
    MqttClient device(String name) throws Exception {
        return client(name, "");
    }

    private MqttClient client(String name, String options) throws Exception {
        String issued = platform.ask("dinrail:credential-issue " + name + " --json " + options);
        Matcher password = Pattern.compile("\"password\":\"([^\"]+)\"").matcher(issued);
        if (!password.find()) {
            throw new AssertionError("no password in what credential-issue said"); // not what it said: it may hold one
        }
        return new MqttClient(
                platform.ports().mqtts(), platform.secrets().resolve("ca.pem"), name, name, password.group(1));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
