package io.dinrail.identity.h2.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeenCertificatesTest {
    private final SeenCertificates seen = new SeenCertificates(2);
    private X509Certificate ca;

    @BeforeEach
    void make() throws Exception {
        ca = new TestCertificate("CN=CA", Instant.now()).ca(0).make().certificate();
    }

    @Test
    void thoseUnderARevokedSerialAreKnown() throws Exception {
        remember("one", 1);
        remember("two", 2);

        assertThat(seen.under("plant", Set.of(BigInteger.ONE))).contains(Set.of("one"));
        assertThat(seen.under("other", Set.of(BigInteger.ONE))).contains(Set.of());
    }

    @Test
    void onceOneWasForgottenThatIsSaid() throws Exception {
        remember("one", 1);
        remember("two", 2);
        remember("two", 2);
        assertThat(seen.under("plant", Set.of())).isPresent();

        remember("three", 3);

        assertThat(seen.path("one")).isEmpty();
        assertThat(seen.under("plant", Set.of(BigInteger.TWO))).isEmpty();
    }

    private void remember(String fingerprint, int serial) throws Exception {
        BigInteger number = BigInteger.valueOf(serial);
        seen.remember(new PathProver.Proof(
                new ProvenPath(fingerprint, number, ca, "plant", number, "name", Instant.MIN, Instant.MAX, 0),
                List.of()));
    }
}
