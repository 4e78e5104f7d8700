package io.dinrail.bench;

import java.util.Arrays;

/** By how much the polls of all devices together missed their period, in one window of time. */
final class Jitter {
    private long[] missed = new long[4_096];
    private int count;

    synchronized void add(long nanos) {
        if (count == missed.length) {
            missed = Arrays.copyOf(missed, count * 2);
        }
        missed[count++] = Math.abs(nanos);
    }

    /** Ends the window and begins the next. @return polls, median, 99th of hundred and most, in microseconds. */
    synchronized String take() {
        Arrays.sort(missed, 0, count);
        String taken = count == 0
                ? "0 0 0 0"
                : count + " " + missed[count / 2] / 1_000 + " " + missed[(int) (count * 0.99)] / 1_000 + " "
                        + missed[count - 1] / 1_000;
        count = 0;
        return taken;
    }
}
