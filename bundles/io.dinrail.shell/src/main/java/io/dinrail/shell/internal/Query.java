package io.dinrail.shell.internal;

import io.dinrail.json.api.Json;
import io.dinrail.model.api.TagValue;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Option;

/**
 * A command that reads: for people, or as one JSON value.
 *
 * @param <T> what it finds.
 */
abstract class Query<T> extends PlatformCommand {
    @Option(name = "--json", description = "Print one JSON value and nothing else")
    private boolean json;

    abstract T find(Call call) throws Exception;

    abstract TagValue json(T found);

    abstract void print(T found, PrintStream out);

    @Override
    final void run(Call call) throws Exception {
        T found = find(call);
        if (json) {
            call.out().println(Json.write(json(found)));
        } else {
            print(found, call.out());
        }
    }
}
