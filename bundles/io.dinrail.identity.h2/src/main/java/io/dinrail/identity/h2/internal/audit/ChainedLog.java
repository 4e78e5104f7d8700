package io.dinrail.identity.h2.internal.audit;

import static io.dinrail.identity.h2.internal.audit.AuditTable.BEGIN;
import static io.dinrail.identity.h2.internal.audit.AuditTable.HEAD;

import io.dinrail.identity.h2.internal.audit.AuditTable.StoredBound;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends to the chain and takes from its begin; one thread writes, any may hold the begin in place while it reads. */
final class ChainedLog {
    private static final Logger LOG = LoggerFactory.getLogger(ChainedLog.class);

    private final AuditTable table;
    private final Chain chain;
    /** Whoever walks along the chain holds the reading side. */
    private final ReadWriteLock begin = new ReentrantReadWriteLock();

    private Optional<Bound> head = Optional.empty();

    ChainedLog(AuditTable table, Chain chain) {
        this.table = table;
        this.chain = chain;
    }

    AuditTable table() {
        return table;
    }

    Chain chain() {
        return chain;
    }

    ReadWriteLock begin() {
        return begin;
    }

    /** @return the newest entry as this process wrote it, if it wrote one. */
    synchronized Optional<Bound> head() {
        return head;
    }

    /** Writes entries, all or none; this object's monitor is held until they are in the store. */
    synchronized void append(List<Pending> entries) throws SQLException, SecretsException {
        Optional<StoredBound> first = Optional.empty();
        Bound last = head.isPresent() ? head.get() : load();
        if (last == Bound.START) {
            first = Optional.of(sealed(BEGIN, Bound.START));
        }
        List<AuditRow> rows = new ArrayList<>(entries.size());
        for (Pending entry : entries) {
            AuditRow row = chain.next(last, entry);
            rows.add(row);
            last = row.bound();
        }
        // A commit that fails may have happened: the next attempt looks where the chain ends.
        head = Optional.empty();
        table.append(rows, sealed(HEAD, last), first);
        head = Optional.of(last);
    }

    /** Where the chain ends. If that was tampered with, the next entry is chained to nothing, so that it stays visible. */
    private Bound load() throws SQLException, SecretsException {
        Optional<StoredBound> stored = table.bound(HEAD);
        Optional<StoredBound> oldest = table.bound(BEGIN);
        long last = table.last();
        if (stored.isEmpty() && oldest.isEmpty() && last == 0) {
            return Bound.START;
        }
        if (stored.isPresent() && isSealed(HEAD, stored.get())) {
            Bound end = stored.get().bound();
            if (end.number() >= last) {
                return end;
            }
        }
        LOG.error("the end of the audit log was tampered with, or its key was lost: have the log checked");
        byte[] nothing = new byte[Bound.START.hash().length];
        new SecureRandom().nextBytes(nothing);
        return new Bound(Math.max(last, Math.max(number(stored), number(oldest))), nothing);
    }

    /**
     * Takes the oldest entries away, a page of them at most.
     *
     * @param before those older than this.
     * @param most so many may stay.
     * @return how many went.
     */
    int prune(Instant before, long most) throws SQLException, SecretsException {
        if (!begin.writeLock().tryLock()) {
            return 0;
        }
        try {
            long surplus = table.last() - most;
            int gone = 0;
            Bound to = Bound.START;
            for (AuditRow row : table.after(Long.MIN_VALUE)) {
                if (row.entry().number() > surplus && !row.entry().at().isBefore(before)) {
                    break;
                }
                to = row.bound();
                gone++;
            }
            if (gone > 0) {
                table.removeTo(sealed(BEGIN, to));
            }
            return gone;
        } finally {
            begin.writeLock().unlock();
        }
    }

    boolean isSealed(String which, StoredBound stored) throws SecretsException {
        return MessageDigest.isEqual(chain.seal(which, stored.bound()), stored.seal());
    }

    private StoredBound sealed(String which, Bound bound) throws SecretsException {
        return new StoredBound(bound, chain.seal(which, bound));
    }

    private static long number(Optional<StoredBound> stored) {
        return stored.map(found -> found.bound().number()).orElse(0L);
    }
}
