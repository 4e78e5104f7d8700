package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;

/** Writes CONNECT. */
final class ConnectWriter {
    private ConnectWriter() {}

    static void write(Connect connect, ByteBuf out) {
        MqttVersion version = connect.version();
        PacketWriter.text(version.protocolName(), out);
        out.writeByte(version.level());
        out.writeByte(flags(connect));
        out.writeShort(connect.keepAlive());
        if (version.hasProperties()) {
            PacketWriter.properties(connect.properties(), out);
        }
        PacketWriter.text(connect.clientId(), out);
        connect.will().ifPresent(will -> will(will, version, out));
        connect.userName().ifPresent(name -> PacketWriter.text(name, out));
        connect.password().ifPresent(password -> PacketWriter.binary(password, out));
    }

    private static int flags(Connect connect) {
        return (connect.cleanStart() ? 2 : 0)
                | connect.will().map(ConnectWriter::flags).orElse(0)
                | (connect.password().isPresent() ? 64 : 0)
                | (connect.userName().isPresent() ? 128 : 0);
    }

    private static int flags(Will will) {
        return 4 | will.qos().number() << 3 | (will.retain() ? 32 : 0);
    }

    private static void will(Will will, MqttVersion version, ByteBuf out) {
        if (version.hasProperties()) {
            PacketWriter.properties(will.properties(), out);
        }
        will.topic().write(out);
        PacketWriter.binary(will.payload(), out);
    }
}
