package io.dinrail.broker.internal.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Any bytes whatever, found by coverage. The first byte says which decoder: bits 0 and 1 the version, 2 whether a server sends, 3 whether CONNECT is still
 * to come, 4 whether control characters are refused, 5 whether packets above 64 bytes are.
 */
final class DecoderFuzzTest {
    private static final int SMALL = 64;

    @FuzzTest(maxDuration = "5m")
    void bytesArePacketsOrTooFewOrRefused(byte[] input) {
        if (input.length > 0) {
            int choice = input[0];
            Role sender = (choice & 4) == 0 ? Role.CLIENT : Role.SERVER;
            Decoding.check(Arrays.copyOfRange(input, 1, input.length), sender, () -> decoder(choice, sender));
        }
    }

    private static Decoder decoder(int choice, Role sender) {
        int most = (choice & 32) == 0 ? Decoder.LARGEST_PACKET : SMALL;
        Decoder decoder = new Decoder(sender, most, (choice & 16) != 0);
        if (sender == Role.SERVER || (choice & 8) == 0) {
            decoder.version(version(choice));
        }
        return decoder;
    }

    private static MqttVersion version(int choice) {
        return MqttVersion.values()[(choice & 3) % MqttVersion.values().length];
    }
}
