package io.dinrail.broker.front;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept for an absent client, and how well.
 *
 * @param durability when a message counts as kept.
 * @param messages waiting for one session; 0 is no limit.
 * @param bytes waiting for one session; 0 is no limit.
 * @param full what goes when there are too many.
 * @param longestSession how many seconds a session is kept.
 */
public record Keeping(Durability durability, int messages, long bytes, Full full, int longestSession) {
    private static final Pattern PERIOD = Pattern.compile("(\\d{1,9})\\s*([smhd]?)");
    private static final Map<String, Integer> SECONDS = Map.of("", 1, "s", 1, "m", 60, "h", 3_600, "d", 86_400);

    /** When a message counts as kept. */
    public enum Durability {
        /** When the disk has it: nothing acknowledged is lost when the power fails. */
        FSYNC,
        /** When the operating system has it: nothing acknowledged is lost unless the machine itself fails. */
        WRITE_BEHIND
    }

    /** What goes when a queue is full. */
    public enum Full {
        /** What has waited longest. */
        DROP_OLDEST,
        /** What comes. */
        DROP_NEWEST
    }

    /** Refuses what is negative. */
    public Keeping {
        Bounds.check("queue.messages", messages, 0, Integer.MAX_VALUE);
        Bounds.check("queue.bytes", bytes, 0, Long.MAX_VALUE);
        Bounds.check("session.expiry.max", longestSession, 1, Integer.MAX_VALUE);
    }

    static Keeping of(BrokerConfig config) {
        return new Keeping(
                choice("durability", config.durability(), Durability.values()),
                config.queue_messages(),
                config.queue_bytes(),
                choice("queue.full", config.queue_full(), Full.values()),
                seconds("session.expiry.max", config.session_expiry_max()));
    }

    private static <E extends Enum<E>> E choice(String key, String text, E[] choices) {
        StringBuilder names = new StringBuilder();
        for (E one : choices) {
            String name = one.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(text.trim())) {
                return one;
            }
            names.append(names.isEmpty() ? "" : " or ").append(name);
        }
        throw new IllegalArgumentException(key + ": " + names + ", not '" + text + "'");
    }

    private static int seconds(String key, String text) {
        Matcher period = PERIOD.matcher(text.trim());
        if (period.matches()) {
            long seconds = Long.parseLong(period.group(1)) * SECONDS.getOrDefault(period.group(2), 1);
            if (seconds > 0 && seconds <= Integer.MAX_VALUE) {
                return (int) seconds;
            }
        }
        throw new IllegalArgumentException(key + ": a period such as 90s, 12h or 30d, not '" + text + "'");
    }
}
