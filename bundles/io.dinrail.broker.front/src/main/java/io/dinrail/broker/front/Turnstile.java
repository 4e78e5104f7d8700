package io.dinrail.broker.front;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the connections of each address before anything is done for them; of IPv6 those of each network of 64 bits, since who has one address there has them
 * all. Safe for use by many threads.
 */
public final class Turnstile {
    private static final int REMEMBERED = 10_000;
    private static final double MS_PER_MINUTE = 60_000;

    /** What an address has left. */
    private static final class Allowance {
        private double left;
        private long at;

        Allowance(double left, long at) {
            this.left = left;
            this.at = at;
        }
    }

    private final int perMinute;
    private final AddressRanges exempt;
    private final Clock clock;

    private final Map<Long, Allowance> allowances = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Allowance> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Begins to count.
     *
     * @param perMinute how many; 0 is no limit.
     * @param exempt are not counted.
     * @param clock tells the time.
     */
    public Turnstile(int perMinute, AddressRanges exempt, Clock clock) {
        this.perMinute = perMinute;
        this.exempt = exempt;
        this.clock = clock;
    }

    /**
     * Counts one more.
     *
     * @param address who connects.
     * @return whether it may.
     */
    public boolean admits(InetAddress address) {
        return perMinute == 0 || exempt.contains(address) || counted(network(address));
    }

    private synchronized boolean counted(long network) {
        long now = clock.millis();
        Allowance allowance = allowances.computeIfAbsent(network, fresh -> new Allowance(perMinute, now));
        double back = Math.max(0, now - allowance.at) * perMinute / MS_PER_MINUTE;
        allowance.left = Math.min(perMinute, allowance.left + back);
        allowance.at = now;
        if (allowance.left < 1) {
            return false;
        }
        allowance.left--;
        return true;
    }

    /**
     * Gives whose an address is.
     *
     * @param address any.
     * @return the same for all addresses that one host has: of IPv6 a network of 64 bits.
     */
    public static long network(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == Integer.BYTES ? bytes.getInt() : bytes.getLong();
    }
}
