package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.Settings;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.api.TagSpec.Access;
import io.dinrail.model.api.TagId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Rows of a tags file and cfg files, as the host would hand them over. */
final class Rows {
    private Rows() {}

    static TagSpec row(String address, String type) {
        return row(address, type, OptionalDouble.empty(), Map.of());
    }

    static TagSpec row(String address, String type, Map<String, String> more) {
        return row(address, type, OptionalDouble.empty(), more);
    }

    static TagSpec row(String address, String type, double deadband) {
        return row(address, type, OptionalDouble.of(deadband), Map.of());
    }

    private static TagSpec row(String address, String type, OptionalDouble deadband, Map<String, String> more) {
        return new TagSpec(
                TagId.of("press-1", "value"),
                address,
                type,
                Access.RW,
                Duration.ofSeconds(1),
                1,
                0,
                Optional.empty(),
                deadband,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                more);
    }

    static OpcuaPoint point(String address) {
        return OpcuaPoint.of(row(address, ""));
    }

    /** Without security nothing is kept anywhere. */
    static Platform platform() {
        return Platform.of(new SecretFolder(Path.of("target", "secrets")), Clock.systemUTC());
    }

    static OpcuaConnector connector(Platform platform, String... keysAndValues) {
        return new OpcuaConnector(Setup.of("test", settings(keysAndValues), platform, ConnectorContext.none()));
    }

    static OpcuaSettings settings(String... keysAndValues) {
        Map<String, String> values = new HashMap<>(Map.of("endpoint", "opc.tcp://127.0.0.1:4840"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return OpcuaSettings.of(new Settings(values));
    }
}
