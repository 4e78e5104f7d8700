package io.dinrail.itests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /** Issues a credential, and gives its password. */
    String password(String login, String options) {
        return Json.text(platform.ask("dinrail:credential-issue " + login + " --json " + options), "password");
    }

    private MqttClient client(String name, String options) throws Exception {
        return client(name, name, password(name, options));
    }

    /** Somebody who has a credential already. */
    MqttClient client(String clientId, String login, String password) throws Exception {
        return new MqttClient(
                platform.ports().mqtts(), platform.secrets().resolve("ca.pem"), clientId, login, password);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
