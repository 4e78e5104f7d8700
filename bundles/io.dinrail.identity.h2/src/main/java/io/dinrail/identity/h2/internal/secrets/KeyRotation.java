package io.dinrail.identity.h2.internal.secrets;

import static io.dinrail.identity.api.IdentityException.Reason.REFUSED;
import static io.dinrail.identity.api.IdentityException.Reason.STORE;

import io.dinrail.identity.api.IdentityException;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the data keys under another master key. The commit of the store decides which of two keys is in force; whatever the moment of a crash, the
 * one that fits is there: the new key stands in a file of its own before the commit, and takes the old one's place after it.
 */
final class KeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

    private final KeySources sources;
    private final KeyTable table;

    KeyRotation(KeySources sources, KeyTable table) {
        this.sources = sources;
        this.table = table;
    }

    OpenVault rotate(OpenVault now) throws IdentityException {
        Optional<FoundKey> wanted = sources.wanted();
        if (wanted.isPresent()) {
            return toWanted(now, wanted.get());
        }
        if (!now.source().isFile()) {
            throw new IdentityException(
                    REFUSED,
                    "the master key comes from the " + now.source() + ": restart with the new key beside it, as "
                            + KeySources.NEXT_VARIABLE + " or systemd credential " + KeySources.NEXT_CREDENTIAL
                            + ", and rotate again");
        }
        return toFile(now);
    }

    private OpenVault toWanted(OpenVault now, FoundKey wanted) throws IdentityException {
        MasterKey next = wanted.key()
                .orElseThrow(
                        () -> new IdentityException(REFUSED, "the " + wanted + " is damaged: give Base64 of 32 bytes"));
        if (now.source().fits(next.fingerprint())) {
            throw new IdentityException(
                    REFUSED, "the " + wanted + " is the key in force already: put it in the old key's place");
        }
        try {
            table.save(next.fingerprint(), now.keys().wrap(next), false);
        } catch (SQLException e) {
            throw unstored(e);
        }
        LOG.info("everything is under the {} now: put it in the place of the {}", wanted, now.source());
        return new OpenVault(wanted, now.keys());
    }

    private OpenVault toFile(OpenVault now) throws IdentityException {
        SecretsFolder folder = sources.folder();
        FoundKey made = new FoundKey(
                FoundKey.Kind.NEXT_FILE, folder.file(KeySources.NEXT_FILE).toString(), Optional.of(MasterKey.random()));
        MasterKey next = made.key().orElseThrow();
        try {
            settle();
            folder.write(KeySources.NEXT_FILE, next.text());
            table.save(next.fingerprint(), now.keys().wrap(next), false);
        } catch (SecretsException e) {
            throw new IdentityException(STORE, "the master key was not rotated: " + e.getMessage());
        } catch (SQLException e) {
            throw unstored(e);
        }
        return new OpenVault(OpenVault.settled(sources, made), now.keys());
    }

    /** What an earlier rotation left behind may be the key in force: it is never written over before that is known. */
    private void settle() throws SQLException, SecretsException {
        byte[] known = table.fingerprint()
                .orElseThrow(() -> new SecretsException("the store doesn't know its key any more: restart"));
        FoundKey fits = OpenVault.fitting(sources, known)
                .orElseThrow(() -> new SecretsException(
                        "the key in force is in none of its places any more: put it back from a backup"));
        OpenVault.tidied(sources, fits);
    }

    private static IdentityException unstored(SQLException e) {
        return new IdentityException(
                STORE,
                "the master key was not rotated because the store failed: mend it and try again ("
                        + Transaction.plain(e) + ")");
    }
}
