package io.dinrail.broker.front;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what was lost or refused by cause, and says so at most once a minute per cause and client, 20 times per cause; safe for use by many threads. */
public final class Losses {
    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
    private static final long QUIET = Duration.ofMinutes(1).toMillis();
    private static final int LONGEST = 400;
    private static final int LINES_A_MINUTE = 20;

    /** One cause: what of it was counted, and how much was said in its minute. */
    private static final class Cause {
        private final LongAdder count = new LongAdder();
        private final Map<String, Long> said = new ConcurrentHashMap<>();
        private long minute = Long.MIN_VALUE;
        private int lines;

        /** Nearly always answered without a lock: whoever loses one message loses many. */
        boolean isToBeSaid(String client, long now) {
            Long last = said.get(client);
            return (last == null || now - last >= QUIET) && says(client, now);
        }

        private synchronized boolean says(String client, long now) {
            if (minute == Long.MIN_VALUE || now - minute >= QUIET) {
                minute = now;
                lines = 0;
                said.values().removeIf(time -> now - time >= QUIET);
            }
            Long last = said.get(client);
            if (last != null && now - last < QUIET || lines == LINES_A_MINUTE) {
                return false;
            }
            lines++;
            said.put(client, now);
            return true;
        }
    }

    private final Clock clock;
    private final Map<String, Cause> causes = new ConcurrentHashMap<>();

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

    private boolean counted(String name, long times, String client) {
        Cause cause = causes.computeIfAbsent(name, fresh -> new Cause());
        cause.count.add(times);
        return cause.isToBeSaid(client, clock.millis());
    }

    /**
     * Gives all counts.
     *
     * @return by cause.
     */
    public Map<String, Long> counts() {
        return causes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, cause -> cause.getValue().count.sum()));
    }
}
