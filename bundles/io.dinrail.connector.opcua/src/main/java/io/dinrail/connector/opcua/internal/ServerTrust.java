package io.dinrail.connector.opcua.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.util.validation.CertificateValidationUtil;
import org.eclipse.milo.opcua.stack.core.util.validation.ValidationCheck;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a server is the one it should be: its certificate was accepted itself, or was issued by a CA that was. Nothing else is ever
 * trusted, not even the first time.
 */
final class ServerTrust implements CertificateValidator {
    private static final Set<ValidationCheck> OF_A_CA =
            Set.of(ValidationCheck.VALIDITY, ValidationCheck.APPLICATION_URI, ValidationCheck.HOSTNAME);

    private final TrustList list;
    private final String connector;
    private final Clock clock;

    ServerTrust(TrustList list, String connector, Clock clock) {
        this.list = list;
        this.connector = connector;
        this.clock = clock;
    }

    @Override
    public void validateCertificateChain(
            List<X509Certificate> chain, @Nullable String applicationUri, @Nullable String @Nullable [] hosts)
            throws UaException {
        X509Certificate shown = chain.get(0);
        List<X509Certificate> trusted = trusted();
        if (trusted.contains(shown)) {
            checkDates(shown);
        } else if (trusted.stream().anyMatch(certificate -> certificate.getBasicConstraints() >= 0)) {
            checkIssued(chain, trusted, applicationUri, hosts);
        } else {
            throw unknown(shown);
        }
    }

    private void checkIssued(
            List<X509Certificate> chain,
            List<X509Certificate> trusted,
            @Nullable String applicationUri,
            @Nullable String @Nullable [] hosts)
            throws UaException {
        PKIXCertPathBuilderResult path;
        try {
            path = CertificateValidationUtil.buildTrustedCertPath(chain, trusted, List.of());
        } catch (UaException e) {
            throw unknown(chain.get(0));
        }
        CertificateValidationUtil.validateTrustedCertPath(
                path.getCertPath(), path.getTrustAnchor(), List.of(), OF_A_CA, false);
        if (applicationUri != null) {
            CertificateValidationUtil.checkApplicationUri(chain.get(0), applicationUri);
        }
        if (hosts != null) {
            CertificateValidationUtil.checkHostnameOrIpAddress(chain.get(0), hosts);
        }
    }

    private void checkDates(X509Certificate shown) throws UaException {
        try {
            shown.checkValidity(Date.from(clock.instant()));
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw new UaException(
                    StatusCodes.Bad_CertificateTimeInvalid,
                    "its certificate is good from " + shown.getNotBefore().toInstant() + " to "
                            + shown.getNotAfter().toInstant() + " only",
                    e);
        }
    }

    private UaException unknown(X509Certificate shown) {
        try {
            list.quarantine(shown);
        } catch (IOException | GeneralSecurityException e) {
            return new UaException(
                    StatusCodes.Bad_CertificateUntrusted, "its unknown certificate can't be kept for you: " + e, e);
        }
        String fingerprint = Fingerprint.of(shown);
        return new UaException(
                StatusCodes.Bad_CertificateUntrusted,
                "shows a certificate that nobody has accepted: "
                        + shown.getSubjectX500Principal().getName() + ", SHA-256 " + fingerprint
                        + "; if it is the right one: dinrail:connector-trust " + connector + " --accept "
                        + fingerprint);
    }

    private List<X509Certificate> trusted() throws UaException {
        try {
            return list.trusted();
        } catch (IOException e) {
            throw new UaException(
                    StatusCodes.Bad_ConfigurationError,
                    "the accepted certificates can't be read: " + e.getMessage(),
                    e);
        }
    }
}
