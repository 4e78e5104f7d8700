package io.dinrail.shell.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.AuditEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class FakeAudit implements Audit {
    final List<AuditEntry> entries = new ArrayList<>();
    Verdict verdict = new Verdict(true, 2, -1, "");

    @Override
    public void record(Actor by, String kind, String subject, String detail) {
        entries.add(new AuditEntry(entries.size(), FakeIdentity.NOON, kind, by.name(), by.from(), subject, detail));
    }

    @Override
    public List<AuditEntry> read(Instant since, String kindPrefix, int most) {
        return entries.stream()
                .filter(entry -> entry.kind().startsWith(kindPrefix))
                .limit(most)
                .toList();
    }

    @Override
    public Verdict verify() {
        return verdict;
    }

    @Override
    public long export(OutputStream out) throws IOException {
        out.write("{}\n".getBytes(UTF_8));
        return 1;
    }

    @Override
    public Map<String, Long> counts() {
        return Map.of("login.refused", 7L, "dropped", 0L);
    }
}
