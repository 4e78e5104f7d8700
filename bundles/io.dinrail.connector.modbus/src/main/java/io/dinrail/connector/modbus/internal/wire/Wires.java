package io.dinrail.connector.modbus.internal.wire;

import java.time.Duration;
import java.util.Optional;

/** Makes wires of every transport; none of them is connected yet. */
public final class Wires {
    private Wires() {}

    /**
     * Where a TCP endpoint is.
     *
     * @param host name or address.
     * @param port its port.
     * @param timeout of connecting, TLS included.
     * @param keepAlive whether the operating system knocks on a silent connection.
     */
    public record Address(String host, int port, Duration timeout, boolean keepAlive) {}

    /** @return a wire that speaks Modbus TCP, over TLS if there are files for it. */
    public static Wire tcp(Address address, Optional<TlsFiles> tls, Pace pace, Counting counting) {
        return new Wire(dialer(address, tls), new MbapFraming(counting), counting, pace);
    }

    /** @return a wire that speaks RTU to a gateway that passes bytes on as they are. */
    public static Wire rtuOverTcp(Address address, Pace pace, Counting counting) {
        return new Wire(dialer(address, Optional.empty()), new RtuFraming(counting), counting, pace);
    }

    /** @return a wire that speaks RTU over a serial port. */
    public static Wire serial(SerialSettings settings, Pace pace, Counting counting) {
        return new Wire(new SerialDialer(settings), new RtuFraming(counting), counting, pace);
    }

    private static Dialer dialer(Address address, Optional<TlsFiles> tls) {
        return new TcpDialer(address.host(), address.port(), address.timeout(), address.keepAlive(), tls);
    }
}
