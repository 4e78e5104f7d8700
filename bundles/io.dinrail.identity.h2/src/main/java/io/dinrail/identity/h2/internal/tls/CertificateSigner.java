package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.IdentityException;

/** The part of the certificate authority that enrolment needs; safe for use by many threads, blocks on the store. */
public interface CertificateSigner {
    /**
     * Looks at a request before anything is spent on it.
     *
     * @param csr a PKCS #10 request in PEM.
     * @throws IdentityException with {@code REFUSED} if it can't be signed.
     */
    void check(String csr) throws IdentityException;

    /**
     * Signs a request for somebody who has a credential, for a year.
     *
     * @param organisation the organisation's id.
     * @param name the name in it.
     * @param csr a PKCS #10 request in PEM.
     * @return certificate and CA in PEM.
     * @throws IdentityException if the request is refused or the store can't be written.
     */
    String sign(String organisation, String name, String csr) throws IdentityException;
}
