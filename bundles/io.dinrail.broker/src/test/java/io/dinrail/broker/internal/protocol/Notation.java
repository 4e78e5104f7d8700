package io.dinrail.broker.internal.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Packets as tests write them: hexadecimal digits, {@code ??} for a byte that may be any, {@code 'text'} as it is, {@code <text>} with its length in two
 * bytes in front, {@code [parts]} with their length as a variable byte integer in front, {@code (parts)} before version 5 only, {@code {parts}} since then.
 */
public final class Notation {
    private static final int ANY = -1;
    private static final String TEXT = "'<";
    private static final String PARTS = "[({";

    private final String text;
    private final boolean five;
    private int at;

    private Notation(String text, int level) {
        this.text = text;
        this.five = level >= 5;
    }

    /**
     * Writes a packet.
     *
     * @param text the packet in this notation, with no byte left open.
     * @param level the protocol level it is for.
     * @return its bytes.
     */
    public static byte[] bytes(String text, int level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int value : new Notation(text, level).all()) {
            if (value == ANY) {
                throw new IllegalArgumentException("which byte is to be sent? " + text);
            }
            out.write(value);
        }
        return out.toByteArray();
    }

    /**
     * Compares a packet.
     *
     * @param text what it should be.
     * @param level the protocol level it is of.
     * @param packet what it is.
     * @return whether each byte is the same that isn't left open.
     */
    public static boolean matches(String text, int level, byte[] packet) {
        List<Integer> wanted = new Notation(text, level).all();
        boolean same = wanted.size() == packet.length;
        for (int i = 0; same && i < packet.length; i++) {
            same = wanted.get(i) == ANY || wanted.get(i) == (packet[i] & 0xFF);
        }
        return same;
    }

    private List<Integer> all() {
        List<Integer> all = parts('\0');
        if (at < text.length()) {
            throw misunderstood();
        }
        return all;
    }

    private List<Integer> parts(char end) {
        List<Integer> out = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != end) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (TEXT.indexOf(c) >= 0) {
                out.addAll(quoted(c));
            } else if (PARTS.indexOf(c) >= 0) {
                out.addAll(enclosed(c));
            } else {
                out.add(octet());
            }
        }
        return out;
    }

    private List<Integer> quoted(char quote) {
        int end = text.indexOf(quote == '<' ? '>' : quote, at + 1);
        if (end < 0) {
            throw misunderstood();
        }
        byte[] bytes = text.substring(at + 1, end).getBytes(StandardCharsets.UTF_8);
        at = end + 1;
        List<Integer> out =
                new ArrayList<>(quote == '<' ? List.of(bytes.length >> 8 & 0xFF, bytes.length & 0xFF) : List.of());
        for (byte b : bytes) {
            out.add(b & 0xFF);
        }
        return out;
    }

    private List<Integer> enclosed(char open) {
        at++;
        List<Integer> inner = parts(open == '[' ? ']' : open == '(' ? ')' : '}');
        if (at++ == text.length()) {
            throw misunderstood();
        }
        if (open != '[') {
            return five == (open == '{') ? inner : List.of();
        }
        List<Integer> out = new ArrayList<>();
        int length = inner.size();
        for (; length > 0x7F; length >>>= 7) {
            out.add(length & 0x7F | 0x80);
        }
        out.add(length);
        out.addAll(inner);
        return out;
    }

    private int octet() {
        if (at + 2 > text.length()) {
            throw misunderstood();
        }
        String digits = text.substring(at, at + 2);
        if (!digits.equals("??")
                && !(HexFormat.isHexDigit(digits.charAt(0)) && HexFormat.isHexDigit(digits.charAt(1)))) {
            throw misunderstood();
        }
        at += 2;
        return digits.equals("??") ? ANY : HexFormat.fromHexDigits(digits);
    }

    private IllegalArgumentException misunderstood() {
        return new IllegalArgumentException(
                "not understood: " + text.substring(Math.min(at, text.length())) + " of " + text);
    }
}
