package io.dinrail.shell.internal;

import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "person-key", description = "Adds and removes ssh keys of a person")
final class PersonKeyCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(PersonNames.class)
    private String name;

    @Option(name = "--add", description = "A key in quotes, as in id_ed25519.pub")
    private @Nullable String add;

    @Option(name = "--add-file", description = "A file on the server with that key")
    @Completion(FileCompleter.class)
    private @Nullable String addFile;

    @Option(name = "--remove", description = "A key in quotes, or its fingerprint SHA256:...")
    private @Nullable String remove;

    @Override
    void run(Call call) throws Exception {
        People people = call.services().require(People.class);
        String added = addFile == null ? add : key(call, addFile);
        if (added == null && remove == null) {
            throw new Refused("nothing to do: give --add, --add-file or --remove");
        }
        if (added != null) {
            people.addKey(call.actor(), name, added);
            call.out().println("added a key of " + name);
        }
        if (remove != null) {
            people.removeKey(call.actor(), name, remove);
            call.out().println("removed a key of " + name);
        }
    }

    static String key(Call call, String file) throws Refused {
        return call.file(file).text().strip();
    }
}
