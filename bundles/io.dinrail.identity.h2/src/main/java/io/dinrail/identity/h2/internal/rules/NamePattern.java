package io.dinrail.identity.h2.internal.rules;

/** User names in which {@code %} stands for any run of characters. */
final class NamePattern {
    private NamePattern() {}

    static boolean matches(String pattern, String name) {
        int in = 0;
        int at = 0;
        int any = -1; // behind the last % tried
        int anyAt = 0; // where what it takes up ends
        while (at < name.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '%') {
                any = ++in;
                anyAt = at;
            } else if (in < pattern.length() && pattern.charAt(in) == name.charAt(at)) {
                in++;
                at++;
            } else if (any >= 0) {
                in = any;
                at = ++anyAt;
            } else {
                return false;
            }
        }
        return pattern.chars().skip(in).allMatch(c -> c == '%');
    }
}
