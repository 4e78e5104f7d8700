package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes right packets of all types and versions for {@link DecoderFuzzTest} to begin with: {@code Seeds FOLDER}. */
public final class Seeds {
    private static final int EACH = 200;

    private Seeds() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (MqttVersion version : MqttVersion.values()) {
            for (Role sender : Role.values()) {
                RandomPackets packets = new RandomPackets(new Random(4), version, sender);
                int choice = version.ordinal() + (sender == Role.SERVER ? 4 : 0);
                for (int i = 0; i < EACH; i++) {
                    boolean fresh = sender == Role.CLIENT && i % 4 == 0;
                    Encoder encoder = new Encoder(version, Decoder.LARGEST_PACKET, true);
                    ByteBuf out = Unpooled.buffer().writeByte(choice + (fresh ? 8 : 0));
                    if (fresh) {
                        encoder.encode(packets.connect(), out);
                    }
                    encoder.encode(packets.next(), out);
                    String name = version + "-" + sender + "-" + i;
                    Files.write(folder.resolve(name), ByteBufUtil.getBytes(out));
                }
            }
        }
    }
}
