package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.api.TagSpec.Access;
import io.dinrail.model.api.TagValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A tag with a value that the test knows, and how the registers must look that hold it: worked out with digits of hexadecimal numbers, not with the code
 * under test.
 *
 * @param spec its row.
 * @param offset its first register.
 * @param hex its registers as the device sends them.
 * @param value the value.
 */
record GeneratedPoint(TagSpec spec, int offset, String hex, TagValue value) {
    private static final List<String> TYPES = List.of(
            "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64", "string",
            "bytes");
    private static final List<String> ORDERS = List.of("ABCD", "CDAB", "BADC", "DCBA");

    /** @return points of every type in every order in one area, so many in all, side by side from address 0. */
    static List<GeneratedPoint> of(Random random, String area, int count) {
        List<GeneratedPoint> points = new ArrayList<>();
        int offset = 0;
        for (int i = 0; points.size() < count; i++) {
            String type = TYPES.get(i % TYPES.size());
            String order = ORDERS.get(i / TYPES.size() % ORDERS.size());
            GeneratedPoint point = generate(random, area, type, order, offset);
            points.add(point);
            offset += point.hex.length() / 4 + random.nextInt(3);
        }
        return points;
    }

    private static GeneratedPoint generate(Random random, String area, String type, String order, int offset) {
        Map<String, String> more = new HashMap<>(Map.of("order", order));
        TagValue value;
        String plain;
        if (type.equals("string") || type.equals("bytes")) {
            int length = 1 + random.nextInt(12);
            more.put("length", String.valueOf(length));
            byte[] content = content(random, type, length);
            value = type.equals("bytes")
                    ? new TagValue.Bytes(content)
                    : TagValue.of(new String(content, StandardCharsets.ISO_8859_1));
            plain = HexFormat.of().formatHex(content) + "00".repeat(length % 2);
        } else if (type.startsWith("float")) {
            boolean single = type.equals("float32");
            float narrow = (float) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(60) - 30));
            double wide = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(400) - 200);
            value = single ? TagValue.of(narrow) : TagValue.of(wide);
            plain = single
                    ? "%08x".formatted(Float.floatToRawIntBits(narrow))
                    : "%016x".formatted(Double.doubleToRawLongBits(wide));
        } else {
            int bits = Integer.parseInt(type.replaceAll("\\D", ""));
            BigInteger number = new BigInteger(bits, random);
            BigInteger signed = type.startsWith("u") || !number.testBit(bits - 1)
                    ? number
                    : number.subtract(BigInteger.ONE.shiftLeft(bits));
            value = new TagValue.Whole(signed);
            int digits = Math.max(bits, 16) / 4;
            BigInteger sent = signed.signum() < 0 ? signed.add(BigInteger.ONE.shiftLeft(digits * 4)) : signed;
            plain = "0".repeat(digits - sent.toString(16).length()) + sent.toString(16);
        }
        TagSpec spec = Rows.row(area + ":" + offset, type, area.equals("holding") ? Access.RW : Access.R, more);
        return new GeneratedPoint(spec, offset, ordered(plain, order), value);
    }

    private static byte[] content(Random random, String type, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        for (int i = 0; i < length && type.equals("string"); i++) {
            content[i] = content[i] == 0 ? (byte) 'x' : content[i];
        }
        return content;
    }

    private static String ordered(String plain, String order) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < plain.length(); i += 4) {
            String word = plain.substring(i, i + 4);
            boolean swapped = order.equals("BADC") || order.equals("DCBA");
            words.add(swapped ? word.substring(2) + word.substring(0, 2) : word);
        }
        if (order.equals("CDAB") || order.equals("DCBA")) {
            java.util.Collections.reverse(words);
        }
        return String.join("", words);
    }
}
