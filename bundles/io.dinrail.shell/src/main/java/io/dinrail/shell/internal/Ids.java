package io.dinrail.shell.internal;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes one kind of id from what is there at that moment; offers nothing where the capability is not installed. */
abstract class Ids implements Completer {
    private final Services services;

    Ids(Services services) {
        this.services = services;
    }

    /** The ids, given the words of the line so far. */
    abstract Stream<String> ids(Services found, List<String> words);

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> ids =
                ids(services, List.of(line.getArguments())).distinct().toList();
        return new StringsCompleter(ids, true).complete(session, line, candidates);
    }
}
