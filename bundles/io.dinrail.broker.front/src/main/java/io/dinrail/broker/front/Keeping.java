package io.dinrail.broker.front;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept for an absent client, and how well.
 *
 * @param durability when a message counts as kept.
 * @param organisations for which durability is otherwise, by their ids.
 * @param messages waiting for one session; 0 is no limit.
 * @param bytes waiting for one session; 0 is no limit.
 * @param full what goes when there are too many.
 * @param longestSession how many seconds a session is kept.
 */
public record Keeping(
        Durability durability,
        Map<String, Durability> organisations,
        int messages,
        long bytes,
        Full full,
        int longestSession) {
    private static final Pattern PERIOD = Pattern.compile("(\\d{1,9})\\s*([smhd]?)");
    private static final Pattern OF_ORGANISATION = Pattern.compile("\\s*([A-Za-z0-9_-]{1,64})\\s*=\\s*(\\S+)\\s*");
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
        organisations = Map.copyOf(organisations);
        Bounds.check("queue.messages", messages, 0, Integer.MAX_VALUE);
        Bounds.check("queue.bytes", bytes, 0, Long.MAX_VALUE);
        Bounds.check("session.expiry.max", longestSession, 1, Integer.MAX_VALUE);
    }

    static Keeping of(BrokerConfig config) {
        return new Keeping(
                choice("durability", config.durability(), Durability.values()),
                organisations("durability.organisations", config.durability_organisations()),
                config.queue_messages(),
                config.queue_bytes(),
                choice("queue.full", config.queue_full(), Full.values()),
                seconds("session.expiry.max", config.session_expiry_max(), 1));
    }

    private static Map<String, Durability> organisations(String key, String text) {
        Map<String, Durability> organisations = new HashMap<>();
        for (String one : text.isBlank() ? new String[0] : text.split(",")) {
            Matcher pair = OF_ORGANISATION.matcher(one);
            if (!pair.matches()) {
                throw new IllegalArgumentException(
                        key + ": such as org_k7xm4pqr2n5t=write-behind, not '" + one.trim() + "'");
            }
            Durability before = organisations.put(pair.group(1), choice(key, pair.group(2), Durability.values()));
            if (before != null) {
                throw new IllegalArgumentException(key + ": " + pair.group(1) + " stands there twice");
            }
        }
        return organisations;
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

    static int seconds(String key, String text, int least) {
        Matcher period = PERIOD.matcher(text.trim());
        if (period.matches()) {
            long seconds = Long.parseLong(period.group(1)) * SECONDS.getOrDefault(period.group(2), 1);
            if (seconds >= least && seconds <= Integer.MAX_VALUE) {
                return (int) seconds;
            }
        }
        throw new IllegalArgumentException(key + ": a period such as 90s, 12h or 30d, not '" + text + "'");
    }
}
