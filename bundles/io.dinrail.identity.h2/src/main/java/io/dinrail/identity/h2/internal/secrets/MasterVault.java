package io.dinrail.identity.h2.internal.secrets;

import static io.dinrail.identity.api.IdentityException.Reason.REFUSED;

import io.dinrail.identity.api.IdentityException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the master key when it starts; without one it stays locked until the next start and says why. */
@Component(
        immediate = true,
        service = {Vault.class, MasterVault.class})
public final class MasterVault implements Vault {
    /** Where the secrets are; asked once. */
    interface Folder {
        SecretsFolder open() throws SecretsException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(MasterVault.class);

    private final KeyTable table;
    private final Optional<KeySources> sources;
    private final String trouble;
    private volatile Optional<OpenVault> opened = Optional.empty();

    /** Opens the vault, if there is a key. */
    @Activate
    public MasterVault(BundleContext context, @Reference(target = "(dinrail.schema=identity)") DataSource store) {
        this(() -> SecretsFolder.of(context), System.getenv(), store);
    }

    MasterVault(Folder folder, Map<String, String> environment, DataSource store) {
        table = new KeyTable(store);
        Optional<KeySources> found = Optional.empty();
        String why = "";
        try {
            found = Optional.of(new KeySources(environment, folder.open()));
            opened = Optional.of(OpenVault.open(found.get(), table));
        } catch (SecretsException e) {
            why = String.valueOf(e.getMessage());
        } catch (SQLException e) {
            why = "every login is refused because the store can't be read: mend it and restart (" + Transaction.plain(e)
                    + ")";
        }
        sources = found;
        trouble = why;
        if (!why.isEmpty()) {
            LOG.error("{}", why);
        }
    }

    @Override
    public byte[] digest(String purpose, String context, byte[] secret) throws SecretsException {
        return keys().digest(purpose, context, secret);
    }

    @Override
    public byte[] seal(String context, byte[] clear) throws SecretsException {
        return keys().sealing().seal(context, clear);
    }

    @Override
    public byte[] open(String context, byte[] sealed) throws SecretsException {
        try {
            return keys().sealing().open(context, sealed);
        } catch (GeneralSecurityException e) {
            throw new SecretsException(
                    "a sealed secret was changed, or belongs elsewhere: issue it anew or put back a backup", e);
        }
    }

    /** @return where the key comes from, or why there is none. */
    public String source() {
        return opened.map(open -> open.source().place()).orElse(trouble);
    }

    /**
     * Puts everything under a new key.
     *
     * @return where the new key is.
     * @throws IdentityException if there is no key, or it isn't ours to change, or file or store can't be written.
     */
    public synchronized String rotate() throws IdentityException {
        OpenVault now = opened.orElseThrow(() -> new IdentityException(REFUSED, trouble));
        OpenVault next = new KeyRotation(sources.orElseThrow(), table).rotate(now);
        opened = Optional.of(next);
        return next.source().place();
    }

    /**
     * Writes database and secrets into one file.
     *
     * @throws IdentityException if the file exists or can't be written.
     */
    public synchronized void backUp(Path file) throws IdentityException {
        KeySources where = sources.orElseThrow(() -> new IdentityException(REFUSED, trouble));
        new DataBackup(table.store(), where.folder()).write(file);
        opened.map(OpenVault::source)
                .filter(source -> !source.isFile())
                .ifPresent(source -> LOG.warn(
                        "the backup {} is worth nothing without the master key, which comes from the {} and is not in it",
                        file,
                        source));
    }

    private DataKeys keys() throws SecretsException {
        Optional<OpenVault> now = opened;
        if (now.isEmpty()) {
            throw new SecretsException(trouble);
        }
        return now.get().keys();
    }
}
