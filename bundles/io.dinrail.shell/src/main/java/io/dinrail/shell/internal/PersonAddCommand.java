package io.dinrail.shell.internal;

import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "person-add",
        description = "Adds a person, who logs in with a key, a password or both")
final class PersonAddCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    private String name;

    @Option(name = "--role", description = "viewer, operator, engineer or admin (default viewer)")
    @Completion(
            value = StringsCompleter.class,
            values = {"viewer", "operator", "engineer", "admin"})
    private String role = "viewer";

    @Option(name = "--display-name", description = "For people")
    private String displayName = "";

    @Option(name = "--key", description = "An ssh key in quotes, as in id_ed25519.pub")
    private @Nullable String key;

    @Option(name = "--key-file", description = "A file on the server with that key")
    @Completion(FileCompleter.class)
    private @Nullable String keyFile;

    @Override
    void run(Call call) throws Exception {
        String added = keyFile == null ? key : PersonKeyCommand.key(call, keyFile);
        People people = call.services().require(People.class);
        people.add(call.actor(), name, displayName, Texts.choice(Role.class, role));
        if (added != null) {
            addKey(people, call, added);
        }
        call.out().println("added person " + name + (added == null ? ", who still needs a key or a password" : ""));
    }

    private void addKey(People people, Call call, String added) throws Exception {
        try {
            people.addKey(call.actor(), name, added);
        } catch (IdentityException e) {
            throw new Refused("person " + name + " was added without the key: " + e.getMessage());
        }
    }
}
