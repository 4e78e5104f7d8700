package io.dinrail.identity.h2.internal.keys;

import java.math.BigInteger;
import java.util.Arrays;

/** Crockford's base 32: no letter looks like a digit. */
final class Base32 {
    static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Base32() {}

    /** Writes the first bytes, a multiple of 5 of them. */
    static String write(byte[] bytes, int count) {
        BigInteger number = new BigInteger(1, Arrays.copyOf(bytes, count));
        StringBuilder text = new StringBuilder();
        for (int shift = count * 8 - 5; shift >= 0; shift -= 5) {
            text.append(ALPHABET.charAt(number.shiftRight(shift).intValue() & 31));
        }
        return text.toString();
    }
}
