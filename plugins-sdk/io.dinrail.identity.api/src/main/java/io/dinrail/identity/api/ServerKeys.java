package io.dinrail.identity.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The machine's server certificate: its own CA's, made at first start and renewed before it ends, or the plant's own, dropped into the secrets folder. Safe
 * for use by many threads; never blocks.
 */
@ProviderType
public interface ServerKeys {
    /**
     * Makes the server's side of one TLS connection with the certificate as it is now: TLS 1.2 and 1.3 with strong suites only.
     *
     * @param asksForCertificate whether the client is asked for one. It need not have one; one that is not trusted, has ended or was revoked fails the
     *     handshake. {@link Attempt#certificate} is what the session's peer certificates begin with.
     * @return a new engine in server mode.
     */
    SSLEngine engine(boolean asksForCertificate);

    /** @return the PEM file of the CA certificate that clients trust. */
    Path caCertificate();

    /** @return when the server certificate ends, in UTC. */
    Instant expiresAt();

    /** @return the names and addresses that the server certificate is good for. */
    List<String> names();
}
