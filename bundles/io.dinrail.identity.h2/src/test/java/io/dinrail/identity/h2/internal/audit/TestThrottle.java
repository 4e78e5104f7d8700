package io.dinrail.identity.h2.internal.audit;

/** The throttle for the tests of whoever asks it. */
public final class TestThrottle {
    private TestThrottle() {}

    public static LoginThrottle usual() {
        return new FailureThrottle(10, 1_000, System::nanoTime);
    }
}
