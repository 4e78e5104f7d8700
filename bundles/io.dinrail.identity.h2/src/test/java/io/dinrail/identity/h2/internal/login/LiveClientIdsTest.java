package io.dinrail.identity.h2.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveClientIdsTest {
    private final LiveClientIds erp = new LiveClientIds(List.of("erp", "erp-*"));

    @ParameterizedTest
    @ValueSource(strings = {"erp", "erp-", "erp-1", "erp-*", "erp-ä", "erp-${jndi:ldap://x}", "erp-a/b", "erp-#"})
    void anExactOneAndThoseThatBeginWithAPrefixAreAllowed(String clientId) {
        assertThat(erp.allow(clientId)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "er", "erp1", "ERP", "erp*", "*", "#", "x-erp-1", "erp-\n", "erp-\0", "erp-\uD800"})
    void nothingElseIs(String clientId) {
        assertThat(erp.allow(clientId)).isFalse();
    }

    @Test
    void theyAreLimited() {
        assertThat(erp.allow("erp-" + "x".repeat(252))).isTrue();
        assertThat(erp.allow("erp-" + "x".repeat(253))).isFalse();
    }

    @Test
    void aStarWithinIsItself() {
        LiveClientIds odd = new LiveClientIds(List.of("a*b"));

        assertThat(odd.allow("a*b")).isTrue();
        assertThat(odd.allow("axb")).isFalse();
    }
}
