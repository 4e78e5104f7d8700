package io.dinrail.broker.internal.session;

/** So much a second, so much at once; who took more owes time. For one thread. */
final class Bucket {
    private static final double NS_PER_SECOND = 1e9;

    private int perSecond;
    private int most;
    private double left;
    private long at;

    /**
     * @param perSecond what flows in; 0 for a bucket that is never empty.
     * @param most what it holds.
     */
    Bucket(int perSecond, int most, long now) {
        resize(perSecond, most);
        this.left = most;
        this.at = now;
    }

    void resize(int newPerSecond, int newMost) {
        perSecond = newPerSecond;
        most = newMost;
    }

    void take(double what) {
        left -= what;
    }

    /** What is owed need not be paid. */
    void forgive() {
        left = Math.max(0, left);
    }

    /** How many nanoseconds it takes until nothing is owed. */
    long owes(long now) {
        if (perSecond == 0) {
            return 0;
        }
        left = Math.min(most, left + (now - at) * perSecond / NS_PER_SECOND);
        at = now;
        return left < 0 ? (long) Math.ceil(-left * NS_PER_SECOND / perSecond) : 0;
    }

    int perSecond() {
        return perSecond;
    }
}
