package io.dinrail.identity.api;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.osgi.annotation.versioning.ProviderType;

/** The machine's own CA and server certificate, made at first start; safe for use by many threads. */
@ProviderType
public interface ServerKeys {
    /** @return a TLS context that presents the server certificate and its CA; asks clients for none. */
    SSLContext serverContext();

    /** @return the PEM file of the CA certificate that clients trust. */
    Path caCertificate();
}
