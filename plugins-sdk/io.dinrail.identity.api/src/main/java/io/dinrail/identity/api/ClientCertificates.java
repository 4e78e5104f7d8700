package io.dinrail.identity.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Client certificates: issued by the machine's own CA, or by one that was imported; safe for use by many threads, blocks on the store. */
@ProviderType
public interface ClientCertificates {
    /** Where in a certificate of an imported CA the name stands. */
    enum NameFrom {
        /** The subject's common name. */
        SUBJECT,
        /** The first DNS name among the subject's alternative names. */
        SAN_DNS,
        /** The first URI there. */
        SAN_URI,
        /** The first e-mail address there. */
        SAN_EMAIL
    }

    /**
     * A CA that was imported.
     *
     * @param name its name here.
     * @param organisation whose clients it certifies: of no other.
     * @param subject as in the certificate.
     * @param nameFrom where the client's name stands.
     * @param expiresAt when it ends, in UTC.
     * @param crlUntil when its list of revoked certificates should have been renewed; empty if it has none.
     */
    record TrustedCa(
            String name,
            String organisation,
            String subject,
            NameFrom nameFrom,
            Instant expiresAt,
            Optional<Instant> crlUntil) {}

    /**
     * A certificate of the own CA.
     *
     * @param serial in hexadecimal.
     * @param login whose.
     * @param expiresAt when it ends, in UTC.
     * @param revoked whether it was revoked.
     */
    record IssuedCertificate(String serial, String login, Instant expiresAt, boolean revoked) {}

    /**
     * Signs a request with the own CA. The subject and names in the request are ignored: the certificate is for the login.
     *
     * @param by who asks.
     * @param login of a credential that is there.
     * @param csr a PKCS #10 request in PEM, EC P-256/P-384, Ed25519, or RSA of at least 2048 bits.
     * @param life how long it is to be good, an hour to 825 days.
     * @return the certificate and the CA's, in PEM.
     * @throws IdentityException if there is no such credential, the request is refused, or the store can't be written.
     */
    String issue(Actor by, String login, String csr, Duration life) throws IdentityException;

    /**
     * Revokes a certificate of the own CA; connections that use it are closed within a second.
     *
     * @param by who asks.
     * @param serial in hexadecimal.
     * @throws IdentityException if there is none, or the store can't be written.
     */
    void revoke(Actor by, String serial) throws IdentityException;

    /**
     * Trusts a CA for the clients of one organisation.
     *
     * @param by who asks.
     * @param name its name here.
     * @param organisation an organisation's id.
     * @param pem its certificate.
     * @param nameFrom where the client's name stands.
     * @throws IdentityException if the name is taken, it is no CA's certificate or has ended, or the store can't be written.
     */
    void trust(Actor by, String name, String organisation, String pem, NameFrom nameFrom) throws IdentityException;

    /**
     * Trusts a CA no more; connections that rest on it are closed within a second.
     *
     * @param by who asks.
     * @param name its name here.
     * @throws IdentityException if there is none, or the store can't be written.
     */
    void distrust(Actor by, String name) throws IdentityException;

    /**
     * Takes a CA's list of revoked certificates; connections whose certificate stands on it are closed within a second. Once a CA has a list, an
     * outdated one lets none of its certificates in.
     *
     * @param by who asks.
     * @param name the CA's name here.
     * @param crl the list, in PEM or DER, signed by that CA and newer than the one that is there.
     * @throws IdentityException if the list is refused, or the store can't be written.
     */
    void revocations(Actor by, String name, byte[] crl) throws IdentityException;

    /** @return the CAs that were imported, by name. */
    List<TrustedCa> trusted();

    /** @return the certificates of the own CA that have not ended, by login. */
    List<IssuedCertificate> issued();
}
