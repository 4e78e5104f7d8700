package io.dinrail.shell.internal;

import io.dinrail.model.api.TagValue;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * A command that lists: one table, or one JSON array.
 *
 * @param <T> what stands in a row.
 */
abstract class ListQuery<T> extends Query<List<T>> {
    abstract List<String> columns();

    abstract List<?> row(T element);

    abstract TagValue element(T element);

    @Override
    final TagValue json(List<T> found) {
        return new TagValue.Array(found.stream().map(this::element).toList());
    }

    @Override
    final void print(List<T> found, PrintStream out) {
        ShellTable table = new ShellTable().emptyTableText("none");
        columns().forEach(table::column);
        found.forEach(element -> table.addRow().addContent(row(element).toArray()));
        table.print(out);
    }
}
