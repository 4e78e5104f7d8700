package io.dinrail.identity.h2.internal.secrets;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a vault that found its key works with.
 *
 * @param source where the master key was found.
 * @param keys the data keys.
 */
record OpenVault(FoundKey source, DataKeys keys) {
    private static final Logger LOG = LoggerFactory.getLogger(OpenVault.class);

    /**
     * Finds the key that fits the database, or makes one while nothing depends on it.
     *
     * @throws SecretsException if there is none that fits, with what to do.
     */
    static OpenVault open(KeySources sources, KeyTable table) throws SecretsException, SQLException {
        Optional<byte[]> fingerprint = table.fingerprint();
        if (fingerprint.isPresent()) {
            Optional<FoundKey> fits = fitting(sources, fingerprint.get());
            if (fits.isPresent()) {
                return load(settled(sources, fits.get()), table);
            }
        }
        return adopt(sources, table);
    }

    static Optional<FoundKey> fitting(KeySources sources, byte[] fingerprint) {
        return Stream.of(sources.present().stream(), sources.unfinished().stream(), sources.wanted().stream())
                .flatMap(found -> found)
                .filter(found -> found.fits(fingerprint))
                .findFirst();
    }

    /** Ends a rotation that was cut short: of the two files the one that fits stays. */
    static FoundKey tidied(KeySources sources, FoundKey fits) throws SecretsException {
        if (sources.unfinished().isEmpty()) {
            return fits;
        }
        SecretsFolder folder = sources.folder();
        if (fits.kind() != FoundKey.Kind.NEXT_FILE) {
            folder.remove(KeySources.NEXT_FILE);
            return fits;
        }
        folder.move(KeySources.NEXT_FILE, KeySources.FILE);
        return new FoundKey(FoundKey.Kind.FILE, folder.file(KeySources.FILE).toString(), fits.key());
    }

    /** As {@link #tidied}, where a folder that can't be written is no reason to refuse. */
    static FoundKey settled(KeySources sources, FoundKey fits) {
        try {
            return tidied(sources, fits);
        } catch (SecretsException e) {
            LOG.warn("the master key in force stays at {} until the next start: {}", fits, e.getMessage());
            return fits;
        }
    }

    private static OpenVault load(FoundKey source, KeyTable table) throws SQLException, SecretsException {
        MasterKey master = source.key().orElseThrow();
        Map<String, byte[]> wrapped = table.wrapped();
        DataKeys found = DataKeys.unwrap(master, wrapped);
        DataKeys all = found.completed(wrapped);
        if (!wrapped.containsKey(DataKeys.LEGACY) && table.hasLegacySecrets()) {
            all = all.with(DataKeys.LEGACY, master.legacy());
        }
        if (!all.keys().keySet().equals(found.keys().keySet())) {
            if (!wrapped.isEmpty()) {
                LOG.warn("data keys were missing and were made anew: {}, found were {}", all, found);
            }
            table.save(master.fingerprint(), all.wrap(master), false);
        }
        return new OpenVault(source, all);
    }

    /** A key that the database doesn't know would void every secret, so that it is taken only while there is none. */
    private static OpenVault adopt(KeySources sources, KeyTable table) throws SecretsException, SQLException {
        List<FoundKey> present = sources.present();
        for (FoundKey found : present) {
            if (found.key().isEmpty()) {
                throw refused(found + " is damaged");
            }
        }
        if (table.isInUse()) {
            String file = sources.folder().file(KeySources.FILE).toString();
            throw refused(
                    present.isEmpty() ? file + " is missing" : present.get(0) + " is not the key of this database");
        }
        FoundKey source = present.isEmpty() ? make(sources) : present.get(0);
        MasterKey master = source.key().orElseThrow();
        if (table.fingerprint().isPresent()) {
            LOG.warn("the master key of {} takes the place of one that is lost; nothing depended on that", source);
        }
        table.save(master.fingerprint(), Map.of(), true);
        return load(source, table);
    }

    private static FoundKey make(KeySources sources) throws SecretsException {
        MasterKey made = MasterKey.random();
        SecretsFolder folder = sources.folder();
        folder.write(KeySources.FILE, made.text());
        return new FoundKey(FoundKey.Kind.FILE, folder.file(KeySources.FILE).toString(), Optional.of(made));
    }

    private static SecretsException refused(String state) {
        return new SecretsException(
                "every login is refused because " + state
                        + ": put the right key back from a backup and restart, or revoke all credentials, delete all API keys and tokens, remove the wrong key, restart and issue new ones");
    }
}
