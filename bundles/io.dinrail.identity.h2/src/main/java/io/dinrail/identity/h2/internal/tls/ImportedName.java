package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.ClientCertificates.NameFrom;
import io.dinrail.model.api.DeviceId;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Finds the name in a certificate of an imported CA. Of a URI it is what follows the last {@code /} or {@code :}, of an e-mail address what precedes
 * the {@code @}; what isn't a name then is none.
 */
final class ImportedName {
    private ImportedName() {}

    static Optional<String> of(X509Certificate certificate, NameFrom from) {
        Optional<String> found = switch (from) {
            case SUBJECT -> commonName(certificate);
            case SAN_DNS -> first(certificate, CertificateNames.DNS);
            case SAN_URI ->
                first(certificate, CertificateNames.URI)
                        .map(uri -> uri.substring(Math.max(uri.lastIndexOf('/'), uri.lastIndexOf(':')) + 1));
            case SAN_EMAIL ->
                first(certificate, CertificateNames.EMAIL)
                        .filter(address -> address.indexOf('@') == address.lastIndexOf('@'))
                        .map(address -> address.substring(0, Math.max(0, address.indexOf('@'))));
        };
        return found.filter(ImportedName::isName);
    }

    private static Optional<String> first(X509Certificate certificate, int kind) {
        return CertificateNames.all(certificate, kind).findFirst();
    }

    /** Two common names are none: nobody knows which one another program would take. */
    private static Optional<String> commonName(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        List<String> names = new ArrayList<>();
        for (RDN part : subject.getRDNs(BCStyle.CN)) {
            for (AttributeTypeAndValue value : part.getTypesAndValues()) {
                if (value.getType().equals(BCStyle.CN) && value.getValue() instanceof ASN1String text) {
                    names.add(text.getString());
                }
            }
        }
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    static boolean isName(String text) {
        try {
            return !new DeviceId(text).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
