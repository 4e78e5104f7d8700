package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.CredentialOrder.SecretChoice;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Enrolment.Enrolled;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.h2.internal.tls.CertificateSigner;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives what a code stands for, or leaves everything as it was. */
final class Redemption {
    private static final Logger LOG = LoggerFactory.getLogger(Redemption.class);

    private final Credentials credentials;
    private final CertificateSigner signer;

    Redemption(Credentials credentials, CertificateSigner signer) {
        this.credentials = credentials;
        this.signer = signer;
    }

    /** Empty if somebody has the name by now: then the code is of no use any more. */
    Optional<Enrolled> of(Actor by, OpenCode code, Optional<String> csr) throws IdentityException {
        if (csr.isPresent()) {
            signer.check(csr.get());
        }
        Optional<Issued> issued =
                issued(by, code, csr.isPresent() ? new SecretChoice.None() : new SecretChoice.Generated());
        if (issued.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> certificate = csr.isPresent() ? Optional.of(signed(by, code, csr.get())) : Optional.empty();
        return Optional.of(new Enrolled(issued.get(), certificate));
    }

    private Optional<Issued> issued(Actor by, OpenCode code, SecretChoice secret) throws IdentityException {
        try {
            return Optional.of(credentials.issue(
                    by,
                    new CredentialOrder(
                            code.whose().login(),
                            Optional.of(code.ruleSet()),
                            List.of(),
                            "",
                            Optional.empty(),
                            secret)));
        } catch (IdentityException e) {
            if (e.reason() == Reason.TAKEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String signed(Actor by, OpenCode code, String csr) throws IdentityException {
        try {
            return signer.sign(code.whose().organisation(), code.whose().name(), csr);
        } catch (IdentityException e) {
            takeBack(by, code);
            throw e;
        }
    }

    private void takeBack(Actor by, OpenCode code) {
        try {
            credentials.revoke(by, code.whose().login());
        } catch (IdentityException e) {
            LOG.error(
                    "{} has a credential without a certificate: revoke it and open the enrolment again", code.whose());
        }
    }
}
