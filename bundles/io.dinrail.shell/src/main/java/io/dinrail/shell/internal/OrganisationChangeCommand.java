package io.dinrail.shell.internal;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Role;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "organisation-change", description = "Changes what is given of an organisation")
final class OrganisationChangeCommand extends PlatformCommand {
    private static final long MOST = Integer.MAX_VALUE;

    @Argument(name = "id", description = "Its id or an alias", required = true)
    @Completion(OrganisationIds.class)
    private String id;

    @Option(name = "--name", description = "For people")
    private @Nullable String name;

    @Option(
            name = "--alias",
            description = "Other ids under which its principals log in, with commas between them; empty for none")
    private @Nullable String alias;

    @Option(name = "--default-rule-set", description = "What credentials without a rule set have")
    @Completion(RuleSetNames.class)
    private @Nullable String defaultRuleSet;

    @Option(name = "--max-connections", description = "How many clients may be connected at once; 0 for any number")
    private long maxConnections = -1;

    @Option(
            name = "--close-on-refused",
            description = "true: a publish that its rules refuse ends the connection; false: it is dropped")
    @Completion(
            value = StringsCompleter.class,
            values = {"true", "false"})
    private @Nullable String closeOnRefused;

    @Override
    void run(Call call) throws Exception {
        Organisation before = Orgs.known(call.services(), id);
        call.services().require(Organisations.class).change(call.actor(), changed(before));
        call.out().println("changed organisation " + before.id());
    }

    private Organisation changed(Organisation before) throws Refused {
        return new Organisation(
                before.id(),
                Optional.ofNullable(name).orElse(before.displayName()),
                alias == null ? before.aliases() : Texts.list(alias),
                before.disabled(),
                Optional.ofNullable(defaultRuleSet).orElse(before.defaultRuleSet()),
                closeOnRefused == null ? before.closesOnRefusedPublish() : yes(closeOnRefused),
                maxConnections < 0 ? before.maxConnections() : Math.toIntExact(Math.min(maxConnections, MOST)),
                before.createdAt());
    }

    private static boolean yes(String word) throws Refused {
        if (!word.equals("true") && !word.equals("false")) {
            throw new Refused("--close-on-refused is true or false, not '" + word + "'");
        }
        return word.equals("true");
    }
}
