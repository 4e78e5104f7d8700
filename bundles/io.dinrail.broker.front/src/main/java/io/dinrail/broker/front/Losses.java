package io.dinrail.broker.front;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what was lost or refused by cause, and says so at most once a minute per cause and client, 20 times per cause; safe for use by many threads. */
public final class Losses {
    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int REMEMBERED = 1_000;
    private static final int LONGEST = 400;
    private static final int LINES_A_MINUTE = 20;

    /** How much was said of one cause in its minute. */
    private static final class Minute {
        private Instant from = Instant.EPOCH;
        private int lines;

        boolean mayBeSaid(Instant now) {
            if (!now.isBefore(from.plus(QUIET))) {
                from = now;
                lines = 0;
            }
            return ++lines <= LINES_A_MINUTE;
        }
    }

    private final Clock clock;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Minute> minutes = new TreeMap<>();

    private final Map<String, Instant> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Begins to count.
     *
     * @param clock tells the minutes.
     */
    public Losses(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts what somebody outside may cause.
     *
     * @param cause such as {@code connect.refused}.
     * @param client whose it is; an address or {@code broker} if nobody's.
     * @param sentence what happened.
     */
    public void count(String cause, String client, String sentence) {
        count(cause, 1, client, sentence);
    }

    /**
     * Counts several at once.
     *
     * @param cause such as {@code store.lost}.
     * @param times how many.
     * @param client whose they are; an address or {@code broker} if nobody's.
     * @param sentence what happened.
     */
    public void count(String cause, long times, String client, String sentence) {
        if (counted(cause, times, client)) {
            LOG.warn("{}: {}", safe(client), safe(sentence));
        }
    }

    /**
     * Counts what shouldn't have happened.
     *
     * @param cause such as {@code identity.failed}.
     * @param client whose it is; an address or {@code broker} if nobody's.
     * @param sentence what happened.
     * @param why with its trace.
     */
    public void count(String cause, String client, String sentence, Throwable why) {
        if (counted(cause, 1, client)) {
            LOG.error("{}: {}", safe(client), safe(sentence), why);
        }
    }

    /** Clients choose names and topics; none of them writes a line of its own. */
    private static String safe(String text) {
        StringBuilder safe = new StringBuilder();
        text.chars().limit(LONGEST).forEach(c -> safe.append(isPlain((char) c) ? (char) c : '?'));
        return safe.toString();
    }

    /** What turns the direction of writing around forges lines as well as a line break does. */
    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private synchronized boolean counted(String cause, long times, String client) {
        counts.merge(cause, times, Long::sum);
        Instant now = clock.instant();
        String key = cause + ' ' + client;
        Instant last = said.get(key);
        boolean quiet = last != null && now.isBefore(last.plus(QUIET));
        if (quiet || !minutes.computeIfAbsent(cause, fresh -> new Minute()).mayBeSaid(now)) {
            return false;
        }
        said.remove(key);
        said.put(key, now);
        return true;
    }

    /**
     * Gives all counts.
     *
     * @return by cause.
     */
    public synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
