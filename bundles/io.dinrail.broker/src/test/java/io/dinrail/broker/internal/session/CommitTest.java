package io.dinrail.broker.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.store.Durability;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is to be forced for one organisation is, whatever else is in the batch; a commit that isn't stored needs no lane. */
final class CommitTest {
    private static final BrokerSettings SETTINGS = new BrokerSettings(
            new Durabilities(Durability.FORCED, Map.of("lax", Durability.WRITTEN)),
            0,
            0,
            true,
            1_024,
            BrokerSettings.Publishing.ANY,
            1,
            Duration.ofDays(1),
            0,
            0,
            0,
            Duration.ZERO,
            0);

    private final Realm strict = new Realm("strict", SETTINGS);
    private final Realm lax = new Realm("lax", SETTINGS);
    private final Commit commit = new Commit(null);

    @Test
    void whatIsOfOneThatWantsNoForceIsNotForced() {
        commit.batch(lax).clear("topic");
        assertThat(commit.durability()).isEqualTo(Durability.WRITTEN);
    }

    @Test
    void theStrictestOfSeveralHasItsWayWhoeverComesFirst() {
        commit.batch(strict).clear("topic");
        commit.batch(lax).clear("topic");
        assertThat(commit.durability()).isEqualTo(Durability.FORCED);
    }

    @Test
    void theStrictestOfSeveralHasItsWayWhoeverComesLast() {
        commit.batch(lax).clear("topic");
        commit.batch(strict).clear("topic");
        assertThat(commit.durability()).isEqualTo(Durability.FORCED);
    }
}
