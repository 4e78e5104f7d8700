package io.dinrail.boot.internal;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.AuditEntry;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

final class FakeAudit implements Audit {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void record(Actor by, String kind, String subject, String detail) {
        lines.add(by.from() + " " + kind + " " + subject + " " + detail);
    }

    @Override
    public List<AuditEntry> read(Instant since, String kindPrefix, int most) {
        return List.of();
    }

    @Override
    public Verdict verify() {
        return new Verdict(true, 0, -1, "");
    }

    @Override
    public long export(OutputStream out) {
        return 0;
    }

    @Override
    public Map<String, Long> counts() {
        return Map.of();
    }
}
