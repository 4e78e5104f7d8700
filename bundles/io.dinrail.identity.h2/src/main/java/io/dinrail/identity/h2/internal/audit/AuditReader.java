package io.dinrail.identity.h2.internal.audit;

import static io.dinrail.identity.api.IdentityException.Reason.REFUSED;
import static io.dinrail.identity.api.IdentityException.Reason.STORE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.Audit.Verdict;
import io.dinrail.identity.api.AuditEntry;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Transaction;
import io.dinrail.json.api.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** Reads the log page by page, so that a million entries need no more memory than a few. */
final class AuditReader {
    private static final int MOST = 100_000;

    private final ChainedLog log;

    AuditReader(ChainedLog log) {
        this.log = log;
    }

    List<AuditEntry> read(Instant since, String kindPrefix, int most) throws IdentityException {
        if (most < 1 || most > MOST) {
            throw new IdentityException(REFUSED, most + " entries can't be read at once: ask for 1 to " + MOST);
        }
        try {
            return newest(since, kindPrefix, most);
        } catch (SQLException e) {
            throw unread(e);
        }
    }

    /** A clock may have been set back, so that the search goes on until a whole page is too old. */
    private List<AuditEntry> newest(Instant since, String kindPrefix, int most) throws SQLException {
        Deque<AuditEntry> found = new ArrayDeque<>();
        List<AuditRow> page = log.table().before(Long.MAX_VALUE);
        while (!page.isEmpty()) {
            boolean isTooOld = true;
            for (AuditRow row : page) {
                AuditEntry entry = row.entry();
                if (!entry.at().isBefore(since)) {
                    isTooOld = false;
                    if (entry.kind().startsWith(kindPrefix)) {
                        found.addFirst(entry);
                        if (found.size() == most) {
                            return List.copyOf(found);
                        }
                    }
                }
            }
            page = isTooOld
                    ? List.of()
                    : log.table().before(page.get(page.size() - 1).entry().number());
        }
        return List.copyOf(found);
    }

    Verdict verify() throws IdentityException {
        try {
            return new ChainCheck(log).run();
        } catch (SQLException e) {
            throw unread(e);
        } catch (SecretsException e) {
            throw new IdentityException(STORE, "the audit log can't be checked: " + e.getMessage());
        }
    }

    long export(OutputStream out) throws IdentityException, IOException {
        long count = 0;
        log.begin().readLock().lock();
        try {
            List<AuditRow> page = log.table().after(Long.MIN_VALUE);
            while (!page.isEmpty()) {
                for (AuditRow row : page) {
                    out.write((json(row) + "\n").getBytes(UTF_8));
                }
                count += page.size();
                page = log.table().after(page.get(page.size() - 1).entry().number());
            }
        } catch (SQLException e) {
            throw unread(e);
        } finally {
            log.begin().readLock().unlock();
        }
        out.flush();
        return count;
    }

    private static String json(AuditRow row) {
        AuditEntry entry = row.entry();
        return new JsonObject()
                .put("number", entry.number())
                .put("at", entry.at())
                .put("kind", entry.kind())
                .put("actor", entry.actor())
                .put("from", entry.from())
                .put("subject", entry.subject())
                .put("detail", entry.detail())
                .put("hash", HexFormat.of().formatHex(row.hash()))
                .toString();
    }

    private static IdentityException unread(SQLException e) {
        return new IdentityException(
                STORE, "the audit log can't be read: mend the store and try again (" + Transaction.plain(e) + ")");
    }
}
