package io.dinrail.broker.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShareTest {
    private static final int MOST = 1 << 20;
    private static final long MEMORY = 256 << 20;

    private final Share share = new Share(MOST, MEMORY);

    @Test
    void fewMayHaveWhatTheSiteAllows() {
        assertThat(share.changes(64)).isFalse();
        assertThat(share.marks().high()).isEqualTo(MOST);
    }

    @Test
    void manyTogetherHaveAQuarterOfTheMemory() {
        for (int connections = 1; connections <= 4_096; connections++) {
            share.changes(connections);
            assertThat((long) share.marks().high() * connections).isLessThanOrEqualTo(MEMORY / 4);
        }
        assertThat(share.marks().high()).isEqualTo(Share.LEAST);
    }

    @Test
    void nobodyHasLessThanTheLeast() {
        share.changes(1_000_000);
        assertThat(share.marks().high()).isEqualTo(Share.LEAST);
    }

    @Test
    void itGrowsAgainWhenManyHaveGoneAndNotWithEachOfThem() {
        share.changes(4_096);
        int changes = 0;
        for (int connections = 4_096; connections > 0; connections--) {
            changes += share.changes(connections) ? 1 : 0;
        }
        assertThat(share.marks().high()).isEqualTo(MOST);
        assertThat(changes).isLessThan(8);
    }

    @Test
    void comingAndGoingAtAnEdgeChangesNothing() {
        share.changes(65);
        for (int i = 0; i < 10; i++) {
            assertThat(share.changes(64)).isFalse();
            assertThat(share.changes(65)).isFalse();
        }
    }
}
