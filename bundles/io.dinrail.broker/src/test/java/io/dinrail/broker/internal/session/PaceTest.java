package io.dinrail.broker.internal.session;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.session.BrokerSettings.Publishing;
import io.dinrail.identity.api.Limits;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How much a client may publish, alone and beside others. */
class PaceTest {
    private static final int FAIR = 1_000;
    private static final int TINY = 10;

    private final Crowd crowd = new Crowd();
    private final Pace flood = pace(Limits.NONE, new Publishing(100, 200, FAIR));
    private final Pace sensor = pace(Limits.NONE, new Publishing(100, 200, FAIR));
    private long now = System.nanoTime();

    private Pace pace(Limits limits, Publishing usual) {
        return new Pace(limits, usual, crowd, System.nanoTime());
    }

    /** Does for so long what the engine would: a message whenever no time is owed, every millisecond one at most. Answers how many it published. */
    private int publish(Pace pace, int bytes, long howLong) {
        int published = 0;
        for (long end = now + howLong; now < end; now += MILLISECONDS.toNanos(1)) {
            for (int i = 0; i < 5 && pace.owes(now) == 0; i++) {
                pace.published(bytes, now);
                published++;
            }
            pace.judge(now);
        }
        return published;
    }

    private void sensorPublishes() {
        sensor.published(TINY, now);
        sensor.judge(now + SECONDS.toNanos(2));
    }

    @Test
    void whoeverIsAlonePublishesAsMuchAsItCan() {
        assertThat(publish(flood, TINY, SECONDS.toNanos(3))).isEqualTo(15_000);
    }

    @Test
    void besideOneWhoPublishesLittleItPublishesAtTheFairRateUntilThatOneIsGone() {
        sensorPublishes();
        assertThat(publish(flood, TINY, SECONDS.toNanos(3))).isBetween(3 * FAIR - 10, 3 * FAIR + FAIR / 50 + 10);
        now += SECONDS.toNanos(30);
        assertThat(publish(flood, TINY, SECONDS.toNanos(3))).isEqualTo(15_000);
    }

    @Test
    void whatItPublishedAloneIsNotHeldAgainstIt() {
        publish(flood, TINY, SECONDS.toNanos(3));
        sensorPublishes();
        assertThat(flood.owes(now)).isZero();
    }

    @Test
    void everyKilobyteCounts() {
        sensorPublishes();
        assertThat(publish(flood, 10 * 1024, SECONDS.toNanos(3))).isBetween(3 * FAIR / 10 - 2, 3 * FAIR / 10 + 10);
    }

    @Test
    void oneWhoPublishesMuchIsNoOneToMakeRoomForNotEvenWhenItEnds() {
        publish(flood, TINY, MILLISECONDS.toNanos(2_020));
        flood.judge(now + SECONDS.toNanos(2)); // of the last while a little is left
        assertThat(crowd.isThere(now + SECONDS.toNanos(2))).isFalse();
        publish(sensor, TINY, MILLISECONDS.toNanos(900)); // which hasn't been looked at for long enough
        assertThat(crowd.isThere(now)).isFalse();
    }

    @Test
    void whereTheFairRateIsOffNobodyIsHeldBack() {
        Pace free = pace(Limits.NONE, Publishing.ANY);
        free.published(TINY, now);
        free.judge(now + SECONDS.toNanos(2));
        assertThat(crowd.isThere(now)).isFalse();
        sensorPublishes();
        assertThat(publish(free, TINY, SECONDS.toNanos(3))).isEqualTo(15_000);
    }

    @Test
    void aLimitHoldsAloneTooAndIsNamed() {
        Pace limited = pace(Limits.USUAL, new Publishing(100, 200, FAIR));
        assertThat(publish(limited, TINY, SECONDS.toNanos(3))).isBetween(499, 501);
        assertThat(limited.bound(now)).isEqualTo("100 messages a second");
        limited.limit(new Limits(OptionalInt.of(10), OptionalInt.of(1)));
        now += SECONDS.toNanos(1);
        assertThat(publish(limited, TINY, SECONDS.toNanos(3))).isBetween(29, 32);
    }

    @Test
    void theFairRateIsNamedWhenItIsWhatHolds() {
        sensorPublishes();
        publish(flood, TINY, SECONDS.toNanos(1));
        while (flood.owes(now) == 0) {
            flood.published(TINY, now);
        }
        assertThat(flood.bound(now))
                .isEqualTo("1000 messages or KB a second while others publish little (limit.publish.fair)");
    }
}
