package io.dinrail.identity.h2.internal.keys;

import java.time.Duration;

/** Does work at another time. */
interface Later extends AutoCloseable {
    void after(Duration wait, Runnable work);

    void every(Duration pause, Runnable work);

    @Override
    void close();
}
