package io.dinrail.shell.internal;

import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.RuleBook;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.support.completers.FileCompleter;

@Command(
        scope = "dinrail",
        name = "rule-add",
        description = "Adds the rule of a JSON file, or replaces the one of the same name")
final class RuleAddCommand extends PlatformCommand {
    private static final long LARGEST = 1 << 20;

    @Argument(name = "file", description = "The file, on the server", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Override
    void run(Call call) throws Exception {
        RuleBook book = call.services().require(RuleBook.class);
        Rule rule = book.read(text(call.path(file)));
        book.add(rule);
        call.out().println("added rule " + rule.name());
    }

    private static String text(Path path) throws Refused {
        try {
            if (Files.size(path) > LARGEST) {
                throw new Refused(path + " is larger than 1 MiB and no rule file");
            }
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new Refused(path + " is no text in UTF-8");
        } catch (IOException e) {
            throw new Refused("can't read " + path + " on the server: give the absolute path of a file there");
        }
    }
}
