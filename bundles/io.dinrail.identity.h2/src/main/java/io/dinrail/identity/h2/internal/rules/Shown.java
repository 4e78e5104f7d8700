package io.dinrail.identity.h2.internal.rules;

/** Text from elsewhere, fit for a log or a message. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String text(String any) {
        String cut = any.length() > LONGEST ? any.substring(0, LONGEST) + "…" : any;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
    }
}
