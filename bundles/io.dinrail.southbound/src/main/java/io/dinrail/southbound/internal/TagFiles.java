package io.dinrail.southbound.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Settings;
import io.dinrail.connector.api.TagImport;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagId;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares, replaces and writes tags files for the person at the shell, without the instance's thread. */
final class TagFiles {
    private final TagClaims claims;

    TagFiles(TagClaims claims) {
        this.claims = claims;
    }

    /**
     * Reads a text as the instance would, with a connector of its own that is never opened.
     *
     * @throws IllegalArgumentException if the text as such is no tags file, or the settings are refused.
     */
    TagSet read(String name, ConnectorType type, CfgSource cfg, String csv) {
        Settings settings = new Settings(cfg.values());
        HostSettings host = HostSettings.of(settings);
        Connector<?> connector = type.create(name, settings, ConnectorContext.none());
        try {
            TagTable table = TagTable.parse("the file", TagText.withoutMark(csv), type.columns());
            return TagSet.of("the file", table, host.pollClasses(), List.of(), spec -> {
                claims.check(spec.id(), name);
                connector.point(spec);
            });
        } catch (TagsFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            connector.close();
        }
    }

    static TagImport difference(Collection<TagSpec> before, TagSet set) {
        Map<TagId, TagSpec> gone = new LinkedHashMap<>();
        before.forEach(spec -> gone.put(spec.id(), spec));
        List<TagId> added = new ArrayList<>();
        List<TagImport.Change> changed = new ArrayList<>();
        for (TagSpec spec : set.specs()) {
            TagSpec old = gone.remove(spec.id());
            if (old == null) {
                added.add(spec.id());
            } else if (!old.equals(spec)) {
                changed.add(new TagImport.Change(spec.id(), columns(TagColumns.of(old), TagColumns.of(spec))));
            }
        }
        int unchanged = set.specs().size() - added.size() - changed.size();
        return new TagImport(added, changed, List.copyOf(gone.keySet()), unchanged, set.problems());
    }

    private static List<String> columns(Map<String, String> before, Map<String, String> after) {
        Set<String> columns = new LinkedHashSet<>(after.keySet());
        columns.addAll(before.keySet());
        return columns.stream()
                .filter(column -> !before.getOrDefault(column, "").equals(after.getOrDefault(column, "")))
                .map(column -> column + ": " + shown(before.get(column)) + " -> " + shown(after.get(column)))
                .toList();
    }

    private static String shown(@Nullable String cell) {
        return cell == null ? "(empty)" : cell;
    }

    /** Puts the text in the file's place, whole or not at all. @throws IllegalArgumentException if the file can't be written. */
    static void replace(Path file, String csv) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
            Files.writeString(fresh, csv, UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " can't be written, so nothing was changed: " + e, e);
        }
    }

    /** Writes tags as a file that says the same. */
    static String write(Collection<TagSpec> specs) {
        List<Map<String, String>> rows = specs.stream().map(TagColumns::of).toList();
        List<String> header = header(specs, rows);
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(header);
            rows.forEach(cells -> csv.writeRecord(header.stream()
                    .map(column -> cells.getOrDefault(column, ""))
                    .toList()));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can't be written", e);
        }
        return text.toString();
    }

    /** The columns that say something, in their usual order. */
    private static List<String> header(Collection<TagSpec> specs, List<Map<String, String>> rows) {
        Set<String> own = new TreeSet<>();
        specs.forEach(spec -> own.addAll(spec.more().keySet()));
        Set<String> header = new LinkedHashSet<>(TagColumns.ALWAYS);
        header.addAll(own);
        Set<String> filled = new HashSet<>();
        rows.forEach(cells -> filled.addAll(cells.keySet()));
        for (String column : TagColumns.ORDER) {
            if (filled.contains(column)) {
                header.add(column);
            }
        }
        return List.copyOf(header);
    }
}
