package io.dinrail.broker.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.front.AddressRanges;
import io.dinrail.broker.front.Bounds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class LimitsTest {
    private static void oneMoreIsRefused(Bounds bounds, int free, String cause) throws IOException {
        try (Net net = Net.with().bounded(bounds).open()) {
            for (int i = 1; i <= free; i++) {
                net.client();
                net.nth(i);
            }
            assertThat(net.client().isEnded()).isTrue();
            assertThat(net.losses(cause)).isOne();
            assertThat(net.accepted()).isEqualTo(free);
            Net.eventually().until(() -> net.transport().connections() == free);
        }
    }

    @Test
    void anAddressConnectsOnlySoOftenInAMinute() throws IOException {
        oneMoreIsRefused(Net.bounds(3, AddressRanges.NONE, 0, 0), 3, "connect.refused");
    }

    @Test
    void anAddressHasOnlySoManyConnections() throws IOException {
        oneMoreIsRefused(Net.bounds(0, AddressRanges.NONE, 0, 2), 2, "connect.refused");
    }

    @Test
    void onlySoManyConnectionsAreOpenAtAll() throws IOException {
        oneMoreIsRefused(Net.bounds(0, Net.LOOPBACK, 2, 0), 2, "connect.full");
    }

    @Test
    void whoIsExemptMayHaveAnyNumber() throws IOException {
        try (Net net = Net.with().bounded(Net.bounds(1, Net.LOOPBACK, 0, 1)).open()) {
            net.client();
            net.client();
            net.nth(2);
            assertThat(net.losses("connect.refused")).isZero();
        }
    }

    @Test
    void aPlaceThatWasLeftIsFree() throws IOException {
        try (Net net =
                Net.with().bounded(Net.bounds(0, AddressRanges.NONE, 1, 1)).open()) {
            for (int i = 1; i <= 20; i++) {
                Raw client = net.client();
                net.nth(i);
                client.close();
                Net.eventually().until(() -> net.transport().connections() == 0);
            }
        }
    }
}
