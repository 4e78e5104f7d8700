package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.ClientCertificates.NameFrom;
import io.dinrail.identity.api.ClientCertificates.TrustedCa;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A CA that was imported, for the clients of one organisation.
 *
 * @param name its name here.
 * @param revoked its list, once it has one.
 */
record ImportedCa(
        String name,
        String organisation,
        X509Certificate certificate,
        NameFrom nameFrom,
        Optional<RevocationList> revoked) {
    private static final int MAY_SIGN_CERTIFICATES = 5;

    /** @throws GeneralSecurityException if it is not one certificate, or no CA's; says so for a person. */
    static X509Certificate read(String pem) throws GeneralSecurityException {
        List<X509Certificate> all = Pem.certificates(pem);
        if (all.size() != 1) {
            throw new GeneralSecurityException("there are " + all.size() + " certificates in it, give one at a time");
        }
        X509Certificate read = all.get(0);
        boolean[] usage = read.getKeyUsage();
        if (read.getBasicConstraints() < 0 || (usage != null && !usage[MAY_SIGN_CERTIFICATES])) {
            throw new GeneralSecurityException("it is not the certificate of a CA");
        }
        if (!KeyKinds.isStrong(read.getPublicKey())) {
            throw new GeneralSecurityException("its key is too weak; RSA needs 2048 bits, EC 256");
        }
        return read;
    }

    ImportedCa with(RevocationList list) {
        return new ImportedCa(name, organisation, certificate, nameFrom, Optional.of(list));
    }

    TrustedCa info() {
        return new TrustedCa(
                name,
                organisation,
                certificate.getSubjectX500Principal().getName(),
                nameFrom,
                end(),
                revoked.map(RevocationList::until));
    }

    Instant end() {
        return certificate.getNotAfter().toInstant();
    }
}
