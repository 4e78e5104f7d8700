package io.dinrail.shell.internal;

import io.dinrail.identity.api.Finding;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Role;
import io.dinrail.identity.api.RuleSets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "acl-import",
        description = "Puts a rule set in force, for every connection that has it")
final class AclImportCommand extends PlatformCommand {
    @Argument(name = "file", description = "The file, on the server", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Option(name = "--name", description = "The name of the rule set (default: the file's, without its ending)")
    @Completion(RuleSetNames.class)
    private @Nullable String name;

    @Option(name = "--org", description = "The organisation: its id or an alias")
    @Completion(OrganisationIds.class)
    private String org = Organisation.DEFAULT;

    @Override
    void run(Call call) throws Exception {
        String document = call.file(file).text();
        String set = Optional.ofNullable(name).orElseGet(() -> baseName(call.path(file)));
        List<Finding> warnings =
                call.services().require(RuleSets.class).put(call.actor(), Orgs.id(call.services(), org), set, document);
        Findings.print(warnings, call);
        call.out().println("rule set " + set + " is in force");
    }

    private static String baseName(Path path) {
        String last = String.valueOf(path.getFileName());
        int dot = last.lastIndexOf('.');
        return dot > 0 ? last.substring(0, dot) : last;
    }
}
