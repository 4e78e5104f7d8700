package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.ClientCertificates.IssuedCertificate;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import io.dinrail.identity.api.Principal;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Issues and revokes certificates of the own CA; safe for use by many threads, blocks on the store unless said otherwise. */
final class IssuedCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(IssuedCertificates.class);
    static final Duration SHORTEST = Duration.ofHours(1);
    static final Duration LONGEST = Duration.ofDays(825);
    /** The store and others may round times. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    /** A new certificate and its row. */
    record Made(IssuedRow row, String pem) {}

    private final IssuedTable table;
    private final OwnAuthority authority;
    private final Credentials credentials;
    private final Clock clock;
    private final CertificateMaker maker;
    private final Map<String, IssuedRow> rows = new ConcurrentHashMap<>();

    IssuedCertificates(IssuedTable table, OwnAuthority authority, Credentials credentials, Clock clock) {
        this.table = table;
        this.authority = authority;
        this.credentials = credentials;
        this.clock = clock;
        maker = new CertificateMaker(clock);
    }

    void load() {
        try {
            table.all().forEach(row -> rows.put(row.serial(), row));
        } catch (SQLException e) {
            LOG.error("the issued certificates can't be read, none of them lets anybody in until a restart", e);
        }
    }

    Made issue(Principal whom, String csr, Duration life) throws IdentityException {
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw new IdentityException(Reason.REFUSED, "a certificate is good for 1 hour to 825 days, ask for that");
        }
        PublicKey key = SigningRequest.key(csr);
        KeyedChain ca = authority
                .ca()
                .orElseThrow(() -> new IdentityException(
                        Reason.STORE, "the local CA is not there: look into the log for what is wrong with ca.pem"));
        Instant now = clock.instant();
        try {
            X509Certificate made = maker.client(ca, key, whom.organisation(), whom.name(), now.plus(life));
            IssuedRow row = row(whom, made, now.truncatedTo(ChronoUnit.MILLIS));
            table.insert(row);
            rows.put(row.serial(), row);
            return new Made(row, Pem.text(List.of(made, ca.certificate())));
        } catch (GeneralSecurityException e) {
            throw new IdentityException(Reason.REFUSED, "the key in the request can't be certified: make another");
        } catch (SQLException e) {
            throw broken("issued", e);
        }
    }

    /** @return what was revoked. */
    IssuedRow revoke(String serial) throws IdentityException {
        IssuedRow row = rows.get(serial.toLowerCase(Locale.ROOT).replace(":", ""));
        if (row == null) {
            throw new IdentityException(
                    Reason.UNKNOWN, "there is no certificate of that serial number: look at dinrail:certificate-list");
        }
        try {
            table.revoke(row.serial(), clock.instant());
        } catch (SQLException e) {
            throw broken("revoked", e);
        }
        rows.put(row.serial(), row.asRevoked());
        return row;
    }

    /** Answers from memory. A credential that was issued anew under an old name has nothing to do with the old one's certificates. */
    Optional<IssuedRow> inForce(String serial, String fingerprint) {
        return Optional.ofNullable(rows.get(serial))
                .filter(row -> !row.revoked() && row.fingerprint().equals(fingerprint))
                .filter(row -> credentials
                        .find(row.login())
                        .map(Credential::createdAt)
                        .filter(created -> !created.isAfter(row.issuedAt().plus(ROUNDING)))
                        .isPresent());
    }

    /** Answers from memory. */
    List<IssuedCertificate> list() {
        Instant now = clock.instant();
        return rows.values().stream()
                .filter(row -> row.expiresAt().isAfter(now))
                .sorted(Comparator.comparing(IssuedRow::login).thenComparing(IssuedRow::issuedAt))
                .map(IssuedRow::info)
                .toList();
    }

    private static IssuedRow row(Principal whom, X509Certificate made, Instant now) throws GeneralSecurityException {
        return new IssuedRow(
                made.getSerialNumber().toString(16),
                whom.organisation(),
                whom.name(),
                PathProver.fingerprint(made),
                now,
                made.getNotAfter().toInstant(),
                false);
    }

    private static IdentityException broken(String done, SQLException e) {
        LOG.warn("the store can't be written", e);
        return new IdentityException(
                Reason.STORE, "the certificate was not " + done + ", the store can't be written: look into the log");
    }
}
