package io.dinrail.connector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContractTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /** A connector as it could be written against version 1.0. */
    private static final class Oldest implements Connector<String> {
        @Override
        public String point(TagSpec tag) {
            return tag.address();
        }

        @Override
        public void open() {}

        @Override
        public List<Sample> read(List<String> points) {
            return points.stream().map(point -> Sample.good(TagValue.of(1))).toList();
        }

        @Override
        public void write(String point, TagValue value) {}

        @Override
        public void close() {}
    }

    @Test
    void aConnectorOfTheFirstVersionHasOneLaneAndNothingToShow() {
        Connector<String> connector = new Oldest();
        assertThat(connector.lane("a")).isEqualTo(connector.lane("b"));
        assertThat(connector.laneTimeout()).isZero();
        assertThat(connector.facts()).isEmpty();
        assertThat(connector.peers()).isEmpty();
        assertThatThrownBy(() -> connector.browse(""))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.reason()).isEqualTo(ConnectorException.Reason.REFUSED));
        assertThatThrownBy(() -> connector.call("a", List.of())).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> connector.trust("ab")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTypeOfTheFirstVersionIsAskedAsBefore() {
        Connector<String> connector = new Oldest();
        ConnectorType type = (name, settings) -> connector;
        assertThat(type.create("filler", new Settings(Map.of()), ConnectorContext.none()))
                .isSameAs(connector);
    }

    @Test
    void aSampleFromTheHistoryHasItsOwnTime() {
        Sample now = Sample.good(TagValue.of(1));
        assertThatThrownBy(now::asBackfilled).hasMessageContaining("own time");
        Sample then = new Sample(now.value(), now.quality(), Optional.of(NOON)).asBackfilled();
        assertThat(then.backfilled()).isTrue();
    }

    @Test
    void aFingerprintIsTakenAsPeopleCopyIt() {
        String digits = "0123456789abcdef".repeat(4);
        String copied = digits.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
        assertThat(new PeerCertificate(copied, "CN=a", "CN=a", NOON, NOON, false, "").fingerprint())
                .isEqualTo(digits);
        assertThatThrownBy(() -> new PeerCertificate("abc", "CN=a", "CN=a", NOON, NOON, false, ""))
                .hasMessageContaining("64 hexadecimal digits");
    }

    @Test
    void whereThereIsNoHostAReadMayTakeAsLongAsNanosecondsCanTell() {
        assertThat(ConnectorContext.none().patience().toNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aReadThatIsLeftForLaterCarriesWhatWasRead() {
        List<Optional<Sample>> samples = List.of(Optional.of(Sample.good(TagValue.of(1))), Optional.empty());
        ConnectorException e = ConnectorException.later(samples, "plc:502: others wait");
        assertThat(e.reason()).isEqualTo(ConnectorException.Reason.LATER);
        assertThat(e.samples()).isEqualTo(samples);
        assertThat(ConnectorException.refused("exception 02", "no").samples()).isEmpty();
    }

    @Test
    void aRefusalCarriesTheCodeOfTheDevice() {
        ConnectorException e = ConnectorException.refused("exception 02", "plc:502 refuses: exception 02");
        assertThat(e.reason()).isEqualTo(ConnectorException.Reason.REFUSED);
        assertThat(e.code()).isEqualTo("exception 02");
    }
}
