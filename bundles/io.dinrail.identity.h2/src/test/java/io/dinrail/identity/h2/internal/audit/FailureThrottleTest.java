package io.dinrail.identity.h2.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureThrottleTest {
    private long now = -5; // the time of the JVM may be negative
    private final FailureThrottle throttle = new FailureThrottle(10, 100, () -> now);

    @Test
    void aNameThatFailedTenTimesWaitsFiveMinutesAtThatAddressOnly() {
        fail(9, "press-1", "10.0.0.1");
        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isTrue();
        fail(1, "press-1", "10.0.0.1");

        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isFalse();
        assertThat(throttle.mayTry("press-1", "10.0.0.2")).isTrue();
        assertThat(throttle.mayTry("press-2", "10.0.0.1")).isTrue();

        turn(Duration.ofSeconds(299));
        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isFalse();
        turn(Duration.ofSeconds(2));
        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isTrue();
        fail(1, "press-1", "10.0.0.1");
        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isTrue();
    }

    @Test
    void failuresThatLieFarApartAreNotTooMany() {
        for (int i = 0; i < 50; i++) {
            fail(1, "press-1", "10.0.0.1");
            turn(Duration.ofSeconds(40));
            assertThat(throttle.mayTry("press-1", "10.0.0.1")).isTrue();
        }
    }

    @Test
    void aSuccessForgetsTheFailuresOfThatName() {
        fail(9, "press-1", "10.0.0.1");
        throttle.succeeded("press-1", "10.0.0.1");
        fail(9, "press-1", "10.0.0.1");

        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isTrue();
    }

    @Test
    void anAddressThatGuessesManyNamesIsNotLookedAtForTheRestOfTheMinute() {
        guess("10.0.0.1");

        assertThat(throttle.mayTry("new", "10.0.0.1")).isFalse();
        assertThat(throttle.mayTry("new", "10.0.0.2")).isTrue();
        turn(Duration.ofSeconds(61));
        assertThat(throttle.mayTry("new", "10.0.0.1")).isTrue();
    }

    @Test
    void aDeviceBehindTheSameAddressAsAnAttackerStillGetsIn() {
        throttle.succeeded("press-1", "10.0.0.1");
        turn(Duration.ofHours(23));
        guess("10.0.0.1");

        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isTrue();
        turn(Duration.ofHours(2));
        guess("10.0.0.1");
        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isFalse();
    }

    @Test
    void whoHasManyAddressesCannotGuessAtANameKnownFromOneOfThem() {
        throttle.succeeded("anna", "2001:db8:1:2::1");
        for (int i = 0; i < 100; i++) {
            throttle.failed("anna", "2001:db8:1:2::" + Integer.toHexString(i + 2));
        }

        assertThat(throttle.mayTry("anna", "2001:db8:1:2:ffff::1")).isFalse();
        assertThat(throttle.mayTry("anna", "2001:db8:1:2::1")).isTrue();
    }

    @Test
    void aKnownNameIsHeldBackLikeAnyOtherWhenItFails() {
        throttle.succeeded("anna", "10.0.0.1");
        guess("10.0.0.1");
        fail(10, "anna", "10.0.0.1");

        assertThat(throttle.mayTry("anna", "10.0.0.1")).isFalse();
    }

    @Test
    void aSuccessElsewhereOpensNothingHere() {
        throttle.succeeded("press-1", "10.0.0.2");
        guess("10.0.0.1");

        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isFalse();
    }

    @Test
    void aSuccessOfTheAttackersOwnDoesNotForgiveItsAddress() {
        guess("10.0.0.1");
        throttle.succeeded("mine", "10.0.0.1");

        assertThat(throttle.mayTry("new", "10.0.0.1")).isFalse();
    }

    @Test
    void addressesOfOneNetworkOfIpv6CountAsOne() {
        for (int i = 0; i < 100; i++) {
            throttle.failed("guess" + i, "2001:db8:1:2::" + Integer.toHexString(i + 1));
        }

        assertThat(throttle.mayTry("new", "2001:db8:1:2:ffff::1")).isFalse();
        assertThat(throttle.mayTry("new", "2001:db8:1:3::1")).isTrue();
    }

    @Test
    void nobodyIsKeptOutByWhatHappensElsewhere() {
        for (int i = 0; i < 200; i++) {
            fail(10, "press-1", "10.0.1." + i);
        }

        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isTrue();
    }

    @Test
    void anAttackerWhoIsThrottledAddsNothing() {
        guess("10.0.0.1");
        String name = "x".repeat(65_536);

        for (int i = 0; i < 100_000; i++) {
            assertThat(throttle.mayTry(name, "10.0.0.1")).isFalse();
        }
    }

    @Test
    void theTableIsBoundedAndForgetsWhoWasHeardOfLongestAgo() {
        Failures failures = new Failures(2, Duration.ofMinutes(1), Duration.ZERO, 100, () -> now);
        failures.add("bad");
        failures.add("bad");
        for (int i = 0; i < 10_000; i++) {
            failures.add("other" + i);
            assertThat(failures.areTooMany("bad")).isTrue();
        }

        assertThat(failures.size()).isEqualTo(100);
    }

    private void guess(String address) {
        for (int i = 0; i < 100; i++) {
            throttle.failed("guess" + i, address);
        }
    }

    private void fail(int times, String login, String address) {
        for (int i = 0; i < times; i++) {
            throttle.failed(login, address);
        }
    }

    private void turn(Duration time) {
        now += time.toNanos();
    }
}
