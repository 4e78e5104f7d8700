package io.dinrail.shell.internal;

import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.io.PrintStream;
import java.util.Map;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * A command that shows one thing: a line a member, or one JSON object.
 *
 * @param <T> what is shown.
 */
abstract class ShowQuery<T> extends Query<T> {
    abstract JsonObject object(T found);

    @Override
    final TagValue json(T found) {
        return object(found).toValue();
    }

    @Override
    final void print(T found, PrintStream out) {
        ShellTable table = new ShellTable().noHeaders().separator("  ");
        table.column("member");
        table.column("value");
        if (json(found) instanceof TagValue.Structure structure) {
            for (Map.Entry<String, TagValue> member : structure.fields().entrySet()) {
                table.addRow().addContent(member.getKey(), Shown.plain(member.getValue()));
            }
        }
        table.print(out);
    }
}
