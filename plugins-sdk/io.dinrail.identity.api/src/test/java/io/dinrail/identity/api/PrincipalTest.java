package io.dinrail.identity.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrincipalTest {
    private final Principal scada = new Principal("scada", Credentials.BACKEND, List.of("scada", "scada-*"));

    @Test
    void aClientIdIsUsedByItsOwnerOnly() {
        assertThat(scada.mayUseClientId("scada")).isTrue();
        assertThat(scada.mayUseClientId("scada-7")).isTrue();
        assertThat(scada.mayUseClientId("scada7")).isFalse();
        assertThat(scada.mayUseClientId("press-1")).isFalse();
    }

    @Test
    void anIssuedSecretIsNotInItsText() {
        Issued issued =
                new Issued(new Credential("press-1", Credentials.DEVICE, List.of("press-1"), Instant.EPOCH), "hush");
        assertThat(issued.toString()).doesNotContain("hush");
    }
}
