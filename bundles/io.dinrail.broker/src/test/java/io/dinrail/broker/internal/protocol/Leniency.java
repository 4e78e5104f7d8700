package io.dinrail.broker.internal.protocol;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.util.ReferenceCountUtil;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows which packets of MQTT 5.0 that the standard calls malformed or a protocol error each codec takes. */
public final class Leniency {
    private static final Map<String, byte[]> WRONG = new LinkedHashMap<>();

    static {
        WRONG.put("topic of ill-formed UTF-8", Wire.packet(0x30, "0002 C328 00"));
        WRONG.put("topic with a surrogate", Wire.packet(0x30, "0003 EDA080 00"));
        WRONG.put("topic with U+0000", Wire.packet(0x30, "0002 6100 00"));
        WRONG.put("topic with a wildcard", Wire.packet(0x30, "<a/#> 00"));
        WRONG.put("empty topic, no alias", Wire.packet(0x30, "<> 00"));
        WRONG.put("DUP at QoS 0", Wire.packet(0x38, "<a> 00"));
        WRONG.put("QoS 3", Wire.packet(0x36, "<a> 0007 00"));
        WRONG.put("packet identifier 0", Wire.packet(0x32, "<a> 0000 00"));
        WRONG.put("topic alias 0", Wire.packet(0x30, "<a> 03 23 0000"));
        WRONG.put("property twice", Wire.packet(0x30, "<a> 0A 02 00000001 02 00000002"));
        WRONG.put("property of another packet", Wire.packet(0x30, "<a> 05 11 00000001"));
        WRONG.put("unknown property", Wire.packet(0x30, "<a> 02 7F 00"));
        WRONG.put("property out of range", Wire.packet(0x30, "<a> 02 01 02"));
        WRONG.put("response topic with a wildcard", Wire.packet(0x30, "<a> 04 08 <#>"));
        WRONG.put("subscription identifier of a client", Wire.packet(0x30, "<a> 02 0B 01"));
        WRONG.put("length longer than need be", Wire.bytes("C0 80 00"));
        WRONG.put("unknown reason code", Wire.packet(0x40, "0007 77"));
        WRONG.put("reason code of another packet", Wire.packet(0x40, "0007 8D"));
        WRONG.put("reserved flags of PUBREL", Wire.packet(0x60, "0007"));
        WRONG.put("SUBSCRIBE without a filter", Wire.packet(0x82, "0007 00"));
        WRONG.put("reserved subscription options", Wire.packet(0x82, "0007 00 <a> C0"));
        WRONG.put("misplaced wildcard in a filter", Wire.packet(0x82, "0007 00 <a#> 00"));
        WRONG.put("share name missing", Wire.packet(0x82, "0007 00 <$share//a> 00"));
        WRONG.put("no local on a shared subscription", Wire.packet(0x82, "0007 00 <$share/g/a> 04"));
        WRONG.put("retain handling 3", Wire.packet(0x82, "0007 00 <a> 30"));
        WRONG.put("bytes behind PUBACK", Wire.packet(0x40, "0007 00 00 00"));
    }

    private Leniency() {}

    public static void main(String[] args) {
        int nettys = 0;
        int ours = 0;
        for (Map.Entry<String, byte[]> wrong : WRONG.entrySet()) {
            boolean netty = nettyTakes(wrong.getValue());
            boolean own = weTake(wrong.getValue());
            nettys += netty ? 1 : 0;
            ours += own ? 1 : 0;
            System.out.printf("  %-38s Netty's %-8s ours %s%n", wrong.getKey(), said(netty), said(own));
        }
        System.out.printf("taken of %d: Netty's %d, ours %d%n", WRONG.size(), nettys, ours);
    }

    private static String said(boolean takes) {
        return takes ? "takes" : "refuses";
    }

    private static boolean nettyTakes(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new MqttDecoder(1 << 20));
        channel.writeInbound(Unpooled.wrappedBuffer(Wire.packet(0x10, "<MQTT> 05 02 003C 00 <c>")));
        channel.readInbound();
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
            MqttMessage message = channel.readInbound();
            boolean takes = message != null && message.decoderResult().isSuccess();
            ReferenceCountUtil.release(message);
            return takes;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean weTake(byte[] bytes) {
        try {
            return Wire.fromClient(MqttVersion.V5, bytes) != null;
        } catch (MalformedPacket e) {
            return false;
        }
    }
}
