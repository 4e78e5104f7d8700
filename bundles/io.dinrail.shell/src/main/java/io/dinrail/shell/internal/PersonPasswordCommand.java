package io.dinrail.shell.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Role;
import java.io.ByteArrayOutputStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "person-password",
        description = "Sets the password of a person; asks for it, or reads a line from standard input")
final class PersonPasswordCommand extends PlatformCommand {
    private static final int LONGEST = 4096;

    @Argument(name = "name", description = "The login name", required = true)
    @Completion(PersonNames.class)
    private String name;

    @Override
    void run(Call call) throws Exception {
        People people = call.services().require(People.class);
        people.password(call.actor(), name, call.session().getTerminal() == null ? line() : asked(call.session()));
        call.out().println("set the password of " + name);
    }

    private static String asked(org.apache.karaf.shell.api.console.Session session) throws Exception {
        String first = session.readLine("password: ", '*');
        if (!first.equals(session.readLine("again: ", '*'))) {
            throw new Refused("the two passwords differ: try again");
        }
        return first;
    }

    private static String line() throws Exception {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = System.in.read();
        while (next >= 0 && next != '\n' && line.size() < LONGEST) {
            line.write(next);
            next = System.in.read();
        }
        String password = line.toString(UTF_8).strip();
        if (password.isEmpty()) {
            throw new Refused("no password came in: send it on standard input, or ask in the shell");
        }
        return password;
    }
}
