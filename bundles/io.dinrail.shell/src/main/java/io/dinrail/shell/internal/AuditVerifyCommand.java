package io.dinrail.shell.internal;

import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "audit-verify",
        description = "Looks whether an entry of the audit log was changed, taken out or put in; fails if so")
final class AuditVerifyCommand extends PlatformCommand {
    @Option(name = "--json", description = "Print one JSON value and nothing else")
    private boolean json;

    @Override
    void run(Call call) throws Exception {
        Audit.Verdict verdict = call.services().require(Audit.class).verify();
        if (json) {
            call.out()
                    .println(new JsonObject()
                            .put("whole", verdict.whole())
                            .put("entries", verdict.entries())
                            .put("broken", verdict.broken())
                            .put("detail", verdict.detail()));
        } else if (verdict.whole()) {
            call.out().println("the audit log is whole: " + verdict.entries() + " entries");
        }
        if (!verdict.whole()) {
            throw new Refused("the audit log is not as it was written, from entry " + verdict.broken() + " on: "
                    + verdict.detail());
        }
    }
}
