package io.dinrail.broker.internal.protocol;

/** The three qualities of service. */
public enum Qos {
    AT_MOST_ONCE,
    AT_LEAST_ONCE,
    EXACTLY_ONCE;

    private static final Qos[] ALL = values();

    /**
     * Finds a quality of service by its number.
     *
     * @param number 0, 1 or 2.
     * @return the quality of service.
     */
    public static Qos of(int number) {
        return ALL[number];
    }

    /**
     * Gives the number that stands in packets.
     *
     * @return 0, 1 or 2.
     */
    public int number() {
        return ordinal();
    }

    /**
     * Gives the lower of two.
     *
     * @param other the other quality of service.
     * @return this or the other.
     */
    public Qos atMost(Qos other) {
        return ordinal() <= other.ordinal() ? this : other;
    }
}
