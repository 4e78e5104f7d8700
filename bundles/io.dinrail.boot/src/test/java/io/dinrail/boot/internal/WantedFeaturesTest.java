package io.dinrail.boot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WantedFeaturesTest {
    @Test
    void namesAreSeparatedByCommasAndKeepTheirOrder() {
        assertThat(WantedFeatures.names(" dinrail, dinrail-demo,,dinrail ")).containsExactly("dinrail", "dinrail-demo");
    }

    @Test
    void withoutThePropertyNothingIsWanted() {
        assertThat(WantedFeatures.names(null)).isEmpty();
    }
}
