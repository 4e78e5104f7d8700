package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.ClientCertificates.NameFrom;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the imported CAs in store and memory; safe for use by many threads, blocks on the store. */
final class ImportedCas {
    private static final Logger LOG = LoggerFactory.getLogger(ImportedCas.class);
    /** Each handshake that asks for a certificate lists them all. */
    private static final int MOST = 100;

    private static final int LONGEST_PEM = 16_384;
    private static final int LONGEST_LIST = 10 << 20;

    private final ImportedTable table;
    private final OwnAuthority authority;
    private final ClientTrust trust;
    private final Clock clock;

    ImportedCas(ImportedTable table, OwnAuthority authority, ClientTrust trust, Clock clock) {
        this.table = table;
        this.authority = authority;
        this.trust = trust;
        this.clock = clock;
    }

    void load() {
        try {
            table.all().forEach(this::load);
        } catch (SQLException e) {
            LOG.error("the imported CAs can't be read, none of their certificates lets anybody in until a restart", e);
        }
    }

    private void load(ImportedTable.Row row) {
        try {
            X509Certificate certificate = ImportedCa.read(row.pem());
            Optional<RevocationList> list = row.list().isPresent()
                    ? Optional.of(RevocationList.read(row.list().get().value(), certificate))
                    : Optional.empty();
            trust.put(new ImportedCa(
                    row.name(), row.organisation(), certificate, NameFrom.valueOf(row.nameFrom()), list));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            LOG.error(
                    "the imported CA {} is damaged in the store and lets nobody in: distrust it and trust it anew",
                    row.name());
        }
    }

    synchronized void trust(String name, String organisation, String pem, NameFrom nameFrom) throws IdentityException {
        if (!ImportedName.isName(name)) {
            throw refused("the CA's name is 1 to 128 of A-Z a-z 0-9 . _ ~ -, the first a letter or digit");
        }
        if (pem.length() > LONGEST_PEM || trust.imported().size() >= MOST) {
            throw refused("the CA's PEM is too long, or there are " + MOST + " CAs already");
        }
        try {
            X509Certificate certificate = ImportedCa.read(pem);
            checkNew(name, certificate);
            ImportedCa ca = new ImportedCa(name, organisation, certificate, nameFrom, Optional.empty());
            table.insert(ca);
            trust.put(ca);
        } catch (GeneralSecurityException e) {
            throw refused("the CA can't be trusted: " + e.getMessage());
        } catch (SQLException e) {
            throw broken("the CA was not added", e);
        }
    }

    /** Two CAs with one key would be one certificate in two organisations. */
    private void checkNew(String name, X509Certificate certificate) throws IdentityException {
        if (!certificate.getNotAfter().toInstant().isAfter(clock.instant())) {
            throw refused("the CA has ended: import the one that follows it");
        }
        if (authority.ca().isPresent()
                && isSameKey(certificate, authority.ca().get().certificate())) {
            throw refused("this is the platform's own CA, which is trusted already");
        }
        for (ImportedCa other : trust.imported()) {
            if (other.name().equals(name)) {
                throw new IdentityException(Reason.TAKEN, "a CA is called " + name + " already: take another name");
            }
            if (isSameKey(certificate, other.certificate())) {
                throw new IdentityException(
                        Reason.TAKEN, "the CA " + other.name() + " has the same key: distrust that one first");
            }
        }
    }

    private static boolean isSameKey(X509Certificate one, X509Certificate other) {
        return one.getPublicKey().equals(other.getPublicKey());
    }

    synchronized void distrust(String name) throws IdentityException {
        try {
            if (!table.delete(name)) {
                throw unknown();
            }
            trust.remove(name);
        } catch (SQLException e) {
            throw broken("the CA was not taken away", e);
        }
    }

    /** @return how many certificates are revoked now. */
    synchronized int revocations(String name, byte[] crl) throws IdentityException {
        if (crl.length > LONGEST_LIST) {
            throw refused("the list is longer than 10 MiB");
        }
        ImportedCa ca = trust.find(name).orElseThrow(ImportedCas::unknown);
        try {
            RevocationList list = RevocationList.read(crl, ca.certificate());
            checkNew(ca, list);
            table.list(name, crl);
            trust.put(ca.with(list));
            return list.serials().size();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw refused("the list of the CA " + name
                    + " is not taken: it is damaged, incomplete or not signed by it (" + e.getMessage() + ")");
        } catch (SQLException e) {
            throw broken("the list was not taken", e);
        }
    }

    private void checkNew(ImportedCa ca, RevocationList list) throws IdentityException {
        if (list.isOutdated(clock.instant())
                || list.from().isAfter(clock.instant().plus(RevocationList.CLOCKS_DIFFER))) {
            throw refused("the list of the CA " + ca.name() + " is good from " + list.from() + " to " + list.until()
                    + ": get a current one");
        }
        if (ca.revoked().isPresent() && !list.isNewerThan(ca.revoked().get())) {
            throw refused("the list of the CA " + ca.name() + " is not newer than the one of "
                    + ca.revoked().get().from() + ": get a newer one");
        }
    }

    private static IdentityException refused(String why) {
        return new IdentityException(Reason.REFUSED, why);
    }

    private static IdentityException unknown() {
        return new IdentityException(Reason.UNKNOWN, "there is no CA of that name: look at dinrail:ca-list");
    }

    private static IdentityException broken(String what, SQLException e) {
        LOG.warn("the store can't be written", e);
        return new IdentityException(Reason.STORE, what + ", the store can't be written: look into the log");
    }
}
