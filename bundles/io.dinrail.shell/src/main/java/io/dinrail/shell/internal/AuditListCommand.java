package io.dinrail.shell.internal;

import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.AuditEntry;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "audit-list",
        description = "Lists the newest entries of the audit log, oldest first")
final class AuditListCommand extends ListQuery<AuditEntry> {
    private static final long MOST = 100_000;

    @Option(name = "--since", description = "How far back: a period (default 24h), a time or a day")
    private String since = "24h";

    @Option(name = "--kind", description = "Only what begins with this, such as login or credential.issued")
    private String kind = "";

    @Option(name = "--limit", description = "The newest so many, at most 100000 (default 200)")
    private long limit = 200;

    @Override
    List<AuditEntry> find(Call call) throws Exception {
        return call.services().require(Audit.class).read(Times.since(since), kind, (int)
                Math.max(1, Math.min(limit, MOST)));
    }

    @Override
    List<String> columns() {
        return List.of("number", "at", "kind", "actor", "from", "subject", "detail");
    }

    @Override
    List<?> row(AuditEntry entry) {
        return List.of(
                entry.number(),
                Shown.cell(entry.at()),
                entry.kind(),
                entry.actor(),
                Shown.cell(entry.from()),
                Shown.cell(entry.subject()),
                Shown.cell(entry.detail()));
    }

    @Override
    TagValue element(AuditEntry entry) {
        return new JsonObject()
                .put("number", entry.number())
                .put("at", entry.at())
                .put("kind", entry.kind())
                .put("actor", entry.actor())
                .put("from", entry.from())
                .put("subject", entry.subject())
                .put("detail", entry.detail())
                .toValue();
    }
}
