package io.dinrail.broker.internal.trial;

import io.dinrail.broker.internal.protocol.Decoder;
import io.dinrail.broker.internal.protocol.Encoder;
import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Packet;
import io.dinrail.broker.internal.protocol.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** Packets over a socket; whoever waits waits for {@link #PATIENCE} at most. Used by one thread. */
final class Wire implements AutoCloseable {
    /** Milliseconds until a test gives up; the machine may be busy. */
    static final int PATIENCE = Integer.getInteger("trial.patience", 30_000);

    private final Socket socket = new Socket();
    private final Encoder encoder;
    private final Decoder decoder = new Decoder(Role.SERVER, Decoder.LARGEST_PACKET, false);
    private final byte[] chunk = new byte[16 * 1024];
    private ByteBuf in = Unpooled.buffer();

    Wire(InetSocketAddress address, MqttVersion version) throws IOException {
        this(address, version, 0);
    }

    /** @param receiveBuffer in bytes; 0 leaves it to the system. */
    Wire(InetSocketAddress address, MqttVersion version, int receiveBuffer) throws IOException {
        encoder = new Encoder(version, Decoder.LARGEST_PACKET, true);
        decoder.version(version);
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.connect(address, PATIENCE);
    }

    void send(Packet packet) throws IOException {
        ByteBuf out = Unpooled.buffer();
        encoder.encode(packet, out);
        socket.getOutputStream().write(out.array(), out.arrayOffset(), out.readableBytes());
    }

    /** The next packet; a failure if none comes. */
    Packet next() throws IOException {
        return poll(PATIENCE).orElseThrow(() -> new AssertionError("the broker is silent"));
    }

    /** The next packet, if one comes in time. */
    Optional<Packet> poll(int milliseconds) throws IOException {
        Optional<Packet> packet = decoded();
        while (packet.isEmpty()) {
            if (milliseconds == 0 && socket.getInputStream().available() == 0) {
                return Optional.empty();
            }
            socket.setSoTimeout(Math.max(1, milliseconds));
            try {
                int length = socket.getInputStream().read(chunk);
                if (length < 0) {
                    throw new EOFException("the broker has closed the connection");
                }
                in.discardReadBytes().writeBytes(chunk, 0, length);
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
            packet = decoded();
        }
        return packet;
    }

    private Optional<Packet> decoded() {
        try {
            return Optional.ofNullable(decoder.decode(in));
        } catch (MalformedPacket e) {
            throw new AssertionError("the broker sent what is no packet", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("a socket can't be closed", e);
        }
        in = Unpooled.EMPTY_BUFFER;
    }
}
