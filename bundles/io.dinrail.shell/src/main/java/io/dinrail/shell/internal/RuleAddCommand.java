package io.dinrail.shell.internal;

import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.RuleBook;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.support.completers.FileCompleter;

@Needs(Role.ENGINEER)
@Command(
        scope = "dinrail",
        name = "rule-add",
        description = "Adds the rule of a JSON file, or replaces the one of the same name")
final class RuleAddCommand extends PlatformCommand {
    @Argument(name = "file", description = "The file, on the server", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Override
    String recorded() {
        return file;
    }

    @Override
    void run(Call call) throws Exception {
        RuleBook book = call.services().require(RuleBook.class);
        Rule rule = book.read(text(call.file(file)));
        book.add(rule);
        call.out().println("added rule " + rule.name());
    }

    /** A reader of JSON quotes what it can't read, and the platform can read files that are not for the caller. */
    private static String text(ServerFile document) throws Refused {
        String text = document.text();
        if (!text.stripLeading().startsWith("{")) {
            throw new Refused(document.path() + " is no rule: a rule file is a JSON object");
        }
        return text;
    }
}
