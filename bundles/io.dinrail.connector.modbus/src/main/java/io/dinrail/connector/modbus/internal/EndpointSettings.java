package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Settings;
import io.dinrail.connector.modbus.internal.wire.Counting;
import io.dinrail.connector.modbus.internal.wire.Pace;
import io.dinrail.connector.modbus.internal.wire.SerialSettings;
import io.dinrail.connector.modbus.internal.wire.SerialSettings.Parity;
import io.dinrail.connector.modbus.internal.wire.TlsFiles;
import io.dinrail.connector.modbus.internal.wire.Wire;
import io.dinrail.connector.modbus.internal.wire.Wires;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a connector connects to.
 *
 * @param transport how.
 * @param address of a device or gateway on the network; empty for a serial port.
 * @param tls whom to trust there, and who we are; empty without TLS.
 * @param serial the port; empty for the network.
 */
record EndpointSettings(
        Transport transport, Optional<Wires.Address> address, Optional<TlsFiles> tls, Optional<SerialSettings> serial) {
    /** @throws SettingException if a setting is refused. */
    static EndpointSettings of(Settings settings, Duration timeout) {
        Transport transport = Transport.of(settings.choice("transport", "tcp", Transport.words()));
        if (transport == Transport.RTU) {
            return new EndpointSettings(transport, Optional.empty(), Optional.empty(), Optional.of(serial(settings)));
        }
        Wires.Address address = new Wires.Address(
                settings.required("host"),
                settings.whole("port", transport.port(), 1, 65_535),
                timeout,
                settings.choice("keep.alive", "true", Set.of("true", "false")).equals("true"));
        Optional<TlsFiles> tls = transport == Transport.TLS ? Optional.of(tls(settings)) : Optional.empty();
        return new EndpointSettings(transport, Optional.of(address), tls, Optional.empty());
    }

    /** @return the endpoint for messages. */
    String target() {
        return address.map(there -> there.host() + ":" + there.port())
                .orElseGet(() -> serial.map(SerialSettings::port).orElse(""));
    }

    /** @return a wire to it that is not connected yet. */
    Wire wire(Pace pace, Counting counting) {
        return switch (transport) {
            case TCP, TLS -> Wires.tcp(address.orElseThrow(), tls, pace, counting);
            case RTU_OVER_TCP -> Wires.rtuOverTcp(address.orElseThrow(), pace, counting);
            case RTU -> Wires.serial(serial.orElseThrow(), pace, counting);
        };
    }

    private static SerialSettings serial(Settings settings) {
        String parity = settings.choice("serial.parity", "even", Set.of("none", "even", "odd"));
        return new SerialSettings(
                settings.required("serial.port"),
                settings.whole("serial.baud", 19_200, 300, 4_000_000),
                settings.whole("serial.data.bits", 8, 8, 8),
                Parity.valueOf(parity.toUpperCase(Locale.ROOT)),
                settings.whole("serial.stop.bits", 1, 1, 2));
    }

    private static TlsFiles tls(Settings settings) {
        Path trust = Path.of(settings.required("tls.trust"));
        Optional<Path> certificate = settings.text("tls.certificate").map(Path::of);
        Optional<Path> key = settings.text("tls.key").map(Path::of);
        if (certificate.isPresent() != key.isPresent()) {
            throw new SettingException("tls.key", "tls.certificate and tls.key go together");
        }
        TlsFiles files = new TlsFiles(trust, certificate.map(file -> new TlsFiles.Own(file, key.orElseThrow())));
        try {
            files.check();
        } catch (IOException e) {
            throw new SettingException("tls.trust", String.valueOf(e.getMessage()));
        }
        return files;
    }
}
