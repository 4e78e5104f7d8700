package io.dinrail.identity.h2.internal.audit;

import static io.dinrail.identity.h2.internal.audit.AuditTable.BEGIN;
import static io.dinrail.identity.h2.internal.audit.AuditTable.HEAD;

import io.dinrail.identity.api.Audit.Verdict;
import io.dinrail.identity.h2.internal.audit.AuditTable.StoredBound;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** One walk along the whole chain; for one thread. */
final class ChainCheck {
    private final ChainedLog log;
    private Bound at = Bound.START;
    private boolean hasBegin;
    private long entries;
    private Optional<Verdict> broken = Optional.empty();

    ChainCheck(ChainedLog log) {
        this.log = log;
    }

    Verdict run() throws SQLException, SecretsException {
        log.begin().readLock().lock();
        try {
            // Or the first entry could come between the look at the begin and the one at the entries.
            synchronized (log) {
                begin();
            }
            walk();
            // What was appended meanwhile, and then the end, while nothing is.
            synchronized (log) {
                walk();
                end();
            }
        } finally {
            log.begin().readLock().unlock();
        }
        return broken.orElseGet(() -> new Verdict(true, entries, -1, "every entry is as it was written"));
    }

    private void begin() throws SQLException, SecretsException {
        Optional<StoredBound> stored = log.table().bound(BEGIN);
        List<AuditRow> first = log.table().after(Long.MIN_VALUE);
        if (stored.isEmpty()) {
            if (!first.isEmpty() || log.table().bound(HEAD).isPresent()) {
                broken(first.isEmpty() ? 1 : first.get(0).entry().number(), "the begin of the log was removed");
            }
            return;
        }
        hasBegin = true;
        at = stored.get().bound();
        if (!first.isEmpty() && first.get(0).entry().number() <= at.number()) {
            broken(first.get(0).entry().number(), "an entry was put in before the first");
        } else if (!log.isSealed(BEGIN, stored.get())) {
            broken(at.number() + 1, "the begin of the log was moved, or its key was lost");
        }
    }

    private void walk() throws SQLException, SecretsException {
        while (broken.isEmpty()) {
            List<AuditRow> page = log.table().after(at.number());
            if (page.isEmpty()) {
                return;
            }
            for (AuditRow row : page) {
                step(row);
                if (broken.isPresent()) {
                    return;
                }
            }
        }
    }

    private void step(AuditRow row) throws SecretsException {
        long expected = at.number() + 1;
        if (row.entry().number() != expected) {
            broken(expected, "it was removed");
        } else if (!MessageDigest.isEqual(log.chain().hash(at, row.entry()), row.hash())) {
            broken(expected, "it was changed, put in, or is not the one that followed");
        } else {
            entries++;
            at = row.bound();
        }
    }

    private void end() throws SQLException, SecretsException {
        if (broken.isPresent()) {
            return;
        }
        Optional<StoredBound> stored = log.table().bound(HEAD);
        if (stored.isEmpty()) {
            if (hasBegin || log.head().isPresent()) {
                broken(at.number() + 1, "the end of the log was removed");
            }
            return;
        }
        Bound head = log.head().orElse(stored.get().bound());
        if (!log.isSealed(HEAD, stored.get()) || !head.isAt(stored.get().bound()) || !head.isAt(at)) {
            broken(
                    Math.min(head.number(), at.number()) + 1,
                    at.number() < head.number() ? "it was removed" : "the end of the log was moved or added to");
        }
    }

    private void broken(long number, String how) {
        broken = Optional.of(new Verdict(false, entries, number, "entry " + number + ": " + how));
    }
}
