package io.dinrail.identity.api;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The audit log: entries are added and never changed, each chained to the one before by a keyed hash. The oldest go by age and number; the chain
 * then begins at the first that is left. Safe for use by many threads.
 */
@ProviderType
public interface Audit {
    /**
     * Whether the chain is whole.
     *
     * @param whole whether every entry is as it was written.
     * @param entries how many were looked at.
     * @param broken the number of the first entry that isn't, -1 if the chain is whole.
     * @param detail one sentence.
     */
    record Verdict(boolean whole, long entries, long broken, String detail) {}

    /**
     * Adds an entry; takes it to a bounded queue and returns. What the queue can't hold is counted.
     *
     * @param by who did it.
     * @param kind what kind of thing, lower case with dots.
     * @param subject what it was done to; control characters are replaced.
     * @param detail more; never a secret.
     */
    void record(Actor by, String kind, String subject, String detail);

    /**
     * Reads the newest entries; blocks on the store.
     *
     * @param since not older than this.
     * @param kindPrefix begins with this; empty for all.
     * @param most how many, 1 to 100,000.
     * @return the newest of them, oldest first.
     * @throws IdentityException if the store can't be read.
     */
    List<AuditEntry> read(Instant since, String kindPrefix, int most) throws IdentityException;

    /**
     * Looks whether an entry was changed, taken out or put in; blocks on the store.
     *
     * @return what was found.
     * @throws IdentityException if the store can't be read.
     */
    Verdict verify() throws IdentityException;

    /**
     * Writes the whole log, one JSON object a line with its hash, so that it can be checked elsewhere; blocks on the store.
     *
     * @param out where to; not closed.
     * @return how many entries.
     * @throws IdentityException if the store can't be read.
     * @throws IOException if it can't be written.
     */
    long export(OutputStream out) throws IdentityException, IOException;

    /** @return what happened since the start, by kind, whether or not it stands in the log; {@code dropped} counts what the queue could not hold. */
    Map<String, Long> counts();
}
