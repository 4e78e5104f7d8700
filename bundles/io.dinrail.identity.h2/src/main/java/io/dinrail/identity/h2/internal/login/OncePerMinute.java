package io.dinrail.identity.h2.internal.login;

import java.util.concurrent.atomic.AtomicLong;

/** Lets a log entry through once a minute; safe for use by many threads. */
final class OncePerMinute {
    private static final long MINUTE = 60_000_000_000L;

    private final AtomicLong last = new AtomicLong(System.nanoTime() - MINUTE);

    void log(Runnable entry) {
        long before = last.get();
        long now = System.nanoTime();
        if (now - before >= MINUTE && last.compareAndSet(before, now)) {
            entry.run();
        }
    }
}
