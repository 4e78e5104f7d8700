package io.dinrail.demo.line.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The texts that name commands, ports and folders as they are on this machine.
 *
 * @param launcher how the launcher is called here, with the environment another terminal needs.
 * @param mqtts the port of MQTT over TLS.
 * @param ca the certificate that clients trust.
 */
record Guide(String launcher, String mqtts, Path ca) {
    static final String COOL = "{\"tag\":\"setpoint\",\"value\":40}";
    private static final String HEAT = "{\"tag\":\"setpoint\",\"value\":95}";

    /** Reads the properties of the platform, empty where there are none, and the environment it was started with. */
    static Guide of(UnaryOperator<String> property, UnaryOperator<String> environment) {
        String data = environment.apply("DINRAIL_DATA");
        String command = environment.apply("DINRAIL_COMMAND");
        String secrets = property.apply("dinrail.secrets");
        Path folder = secrets.isEmpty() ? Path.of("data", "secrets") : Path.of(secrets);
        String port = property.apply("dinrail.mqtts.port");
        return new Guide(
                (data.isEmpty() ? "" : "DINRAIL_DATA=" + data + " ") + (command.isEmpty() ? "bin/dinrail" : command),
                port.isEmpty() ? "8883" : port,
                folder.resolve("ca.pem"));
    }

    String coolDown() {
        return write(COOL);
    }

    List<String> tryYourself() {
        return List.of(
                "Try it yourself from another terminal:",
                "  " + run("dinrail:status"),
                "  " + run("dinrail:tag-watch filler-1 temperature --for 10s"),
                "  " + run("dinrail:tag-write labeller-1 speed 300"),
                "  " + write(HEAT) + "   # the alert comes back",
                "  " + run("dinrail:alert-list"),
                "  " + write(COOL),
                "  " + run("dinrail:credential-issue me --rule-set backend"),
                "  mosquitto_sub --cafile " + ca + " -h localhost -p " + mqtts
                        + " -u me -P THE-PASSWORD-JUST-SHOWN -t 'telemetry/+/+' -v",
                "Ctrl-C ends the demo.");
    }

    private String run(String command) {
        return launcher + " run '" + command + "'";
    }

    /** The parameters stand in single quotes for the platform's shell, so the whole stands in double quotes for the terminal's. */
    private String write(String params) {
        return launcher + " run \"dinrail:command-send filler-1 write '" + params.replace("\"", "\\\"")
                + "' --wait 10s\"";
    }
}
