package io.dinrail.shell.internal;

import io.dinrail.identity.api.Finding;
import io.dinrail.identity.api.Role;
import io.dinrail.identity.api.RuleSets;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "acl-validate",
        description = "Tells what is wrong with a rule set, and changes nothing")
final class AclValidateCommand extends PlatformCommand {
    @Argument(name = "file", description = "The file, on the server", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Option(name = "--json", description = "Print one JSON value and nothing else")
    private boolean json;

    @Override
    void run(Call call) throws Exception {
        List<Finding> findings =
                call.services().require(RuleSets.class).validate(call.file(file).text());
        if (json) {
            call.out()
                    .println(Json.write(new TagValue.Array(
                            findings.stream().map(AclValidateCommand::element).toList())));
        } else {
            Findings.print(findings, call);
        }
        long errors = findings.stream().filter(Finding::error).count();
        if (errors > 0) {
            throw new Refused(file + " can't be imported: " + errors + " errors, the first "
                    + findings.stream()
                            .filter(Finding::error)
                            .map(Findings::line)
                            .findFirst()
                            .orElse(""));
        }
        if (!json) {
            call.out().println(file + " can be imported");
        }
    }

    private static TagValue element(Finding finding) {
        return new JsonObject()
                .put("error", finding.error())
                .put("place", finding.place())
                .put("message", finding.message())
                .toValue();
    }
}
