package io.dinrail.broker.internal.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A packet as it came from the server, read by nothing of the engine's.
 *
 * @param level the protocol level of the connection it came by.
 * @param bytes all of it.
 */
record Incoming(int level, byte[] bytes) {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;
    static final int UNSUBACK = 11;
    static final int PINGRESP = 13;
    static final int DISCONNECT = 14;

    int type() {
        return bytes[0] >> 4 & 0xF;
    }

    boolean dup() {
        return (bytes[0] & 8) != 0;
    }

    int qos() {
        return bytes[0] >> 1 & 3;
    }

    boolean retain() {
        return (bytes[0] & 1) != 0;
    }

    /** The topic of a PUBLISH. */
    String topic() {
        return text(body());
    }

    /** The packet identifier, 0 in a PUBLISH of QoS 0. */
    int id() {
        ByteBuffer body = body();
        if (type() == PUBLISH) {
            text(body);
        }
        return type() == PUBLISH && qos() == 0 ? 0 : body.getChar();
    }

    /** The properties of a PUBLISH, an acknowledgement, a CONNACK, a SUBACK, an UNSUBACK or a DISCONNECT. */
    Extras extras() {
        return Extras.read(beforeExtras());
    }

    /** The payload of a PUBLISH. */
    String payload() {
        ByteBuffer in = beforeExtras();
        if (level == 5) {
            Extras.read(in);
        }
        return StandardCharsets.UTF_8.decode(in).toString();
    }

    /** The code of an acknowledgement, a CONNACK or a DISCONNECT; 0 where it is left out. */
    int code() {
        int at = type() == DISCONNECT ? 0 : type() == CONNACK ? 1 : 2;
        ByteBuffer body = body();
        return at < body.limit() - body.position() ? body.get(body.position() + at) & 0xFF : 0;
    }

    /** The codes of a SUBACK or an UNSUBACK, one for each filter. */
    List<Integer> codes() {
        ByteBuffer in = beforeExtras();
        if (level == 5) {
            Extras.read(in);
        }
        return IntStream.range(in.position(), in.limit())
                .mapToObj(i -> in.get(i) & 0xFF)
                .toList();
    }

    private ByteBuffer beforeExtras() {
        ByteBuffer in = body();
        int fixed = switch (type()) {
            case PUBLISH -> 2 + in.getChar(in.position()) + (qos() == 0 ? 0 : 2);
            case SUBACK, UNSUBACK, CONNACK -> 2;
            case DISCONNECT -> 1;
            default -> 3;
        };
        return in.position(Math.min(in.position() + fixed, in.limit()));
    }

    private ByteBuffer body() {
        ByteBuffer in = ByteBuffer.wrap(bytes).position(1);
        Extras.variable(in);
        return in;
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[in.getChar()];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes) + " ("
                + new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".") + ")";
    }
}
