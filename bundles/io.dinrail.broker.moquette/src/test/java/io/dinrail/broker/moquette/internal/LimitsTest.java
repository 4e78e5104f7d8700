package io.dinrail.broker.moquette.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.broker.front.AddressRanges;
import io.dinrail.broker.front.Bounds;
import io.dinrail.broker.front.Turnstile;
import io.dinrail.identity.api.Limits;
import io.dinrail.testkit.ManualClock;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    @TempDir
    Path folder;

    private final FakeIdentity identity =
            new FakeIdentity().device("press-1").device("press-2").backend("hist");
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));

    @Test
    void anAddressThatConnectsTooOftenIsClosedUnheard() throws Exception {
        try (Plant plant = new Plant(Plant.settings(folder, "", 3, new Bounds.Rate(0, 0)), identity)) {
            for (int i = 0; i < 3; i++) {
                try (Raw raw = plant.raw()) {
                    assertThat(raw.connect("press-1", "press-1", 2).answer()).isEqualTo("20 0000");
                }
            }
            try (Raw raw = plant.raw()) {
                assertThat(raw.answer()).isEqualTo("closed");
            }
            assertThat(plant.lost("connect.refused")).isEqualTo(1);
        }
    }

    private long admitted(Turnstile turnstile, String address, int times) {
        return IntStream.range(0, times)
                .filter(i -> {
                    try {
                        return turnstile.admits(InetAddress.getByName(address));
                    } catch (java.net.UnknownHostException e) {
                        throw new AssertionError(e);
                    }
                })
                .count();
    }

    @Test
    void eachAddressHasItsOwnAllowanceThatComesBackWithTime() {
        Turnstile turnstile = new Turnstile(60, AddressRanges.of("allow", "10.1.0.0/16, 2001:db8::/32"), clock);
        assertThat(admitted(turnstile, "192.0.2.1", 100)).isEqualTo(60);
        assertThat(admitted(turnstile, "192.0.2.2", 1)).isEqualTo(1);
        assertThat(admitted(turnstile, "10.1.255.3", 100)).isEqualTo(100);
        assertThat(admitted(turnstile, "2001:db8:1::1", 100)).isEqualTo(100);
        clock.advance(Duration.ofSeconds(10));
        assertThat(admitted(turnstile, "192.0.2.1", 100)).isEqualTo(10);
    }

    @Test
    void theAddressesOfOneNetworkOfVersion6ShareAnAllowance() {
        Turnstile turnstile = new Turnstile(60, AddressRanges.of("allow", ""), clock);
        assertThat(admitted(turnstile, "2001:db8::1", 60)).isEqualTo(60);
        assertThat(admitted(turnstile, "2001:db8::2", 1)).isZero();
        assertThat(admitted(turnstile, "2001:db8:0:1::2", 1)).isEqualTo(1);
        assertThat(admitted(new Turnstile(0, AddressRanges.of("allow", ""), clock), "192.0.2.1", 1_000))
                .isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "a b"})
    void whatIsNoAddressIsRefusedWithItsKey(String text) {
        assertThatThrownBy(() -> AddressRanges.of("limit.connects.allow", "127.0.0.1," + text))
                .hasMessageStartingWith("limit.connects.allow: ")
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({"false, 20", "true, 0"})
    void whoPublishesTooFastIsSlowedDownAndLosesNothing(boolean unlimited, int slowedFor) throws Exception {
        if (unlimited) {
            identity.of("press-1").limits = Limits.NONE;
        }
        try (Plant plant = new Plant(Plant.settings(folder, "", 0, new Bounds.Rate(50, 10)), identity)) {
            Heard heard = new Heard();
            plant.audience.add(heard, "telemetry/#");
            try (Raw raw = plant.raw()) {
                assertThat(raw.connect("press-1", "press-1", 2).answer()).isEqualTo("20 0000");
                long start = System.nanoTime();
                for (int i = 1; i <= 60; i++) {
                    raw.publish(0x32, "telemetry/press-1/t", i, "x");
                    assertThat(raw.answer()).startsWith("40");
                }
                long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
                if (unlimited) {
                    assertThat(plant.lost("publish.slowed")).isZero();
                } else {
                    assertThat(took).isGreaterThan(slowedFor * 45); // 50 beyond the burst at 50 a second
                    assertThat(plant.lost("publish.slowed")).isPositive();
                }
                assertThat(heard.texts()).hasSize(60);
                assertThat(raw.send((byte) 0xC0, (byte) 0).answer()).startsWith("d0");
            }
        }
    }

    @Test
    void oneSlowedClientSlowsNoOther() throws Exception {
        try (Plant plant = new Plant(Plant.settings(folder, "", 0, new Bounds.Rate(1, 1)), identity);
                Raw fast = plant.raw();
                Raw other = plant.raw()) {
            assertThat(fast.connect("press-1", "press-1", 2).answer()).isEqualTo("20 0000");
            for (int i = 1; i <= 30; i++) {
                fast.publish(0x30, "telemetry/press-1/t", 0, "x");
            }
            await().until(() -> plant.lost("publish.slowed") > 0);
            assertThat(other.connect("press-2", "press-2", 2).answer()).isEqualTo("20 0000");
            assertThat(other.publish(0x32, "telemetry/press-2/t", 1, "x").answer())
                    .isEqualTo("40 0001");
        }
    }
}
