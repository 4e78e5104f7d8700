package io.dinrail.southbound.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tags that an instance is to serve, and what was refused.
 *
 * @param specs in the file's order.
 * @param problems one sentence each, with file, line and column.
 */
record TagSet(List<TagSpec> specs, List<String> problems) {
    /** Looks at a spec as the connector does. */
    interface Check {
        /** @throws SettingException if the connector or the host refuses it. */
        void accept(TagSpec spec);
    }

    /**
     * Builds the set from a file's rows. A row that is refused keeps what was good under its device and tag before, if anything was.
     *
     * @param shown the file's name for messages.
     */
    static TagSet of(String shown, TagTable table, PollClasses classes, Collection<TagSpec> before, Check check) {
        Map<TagId, TagSpec> lastGood = before.stream().collect(Collectors.toMap(TagSpec::id, spec -> spec));
        Map<TagId, Long> lines = new HashMap<>();
        List<TagSpec> specs = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (TagTable.Row row : table.rows()) {
            String where = shown + ", line " + row.line();
            Optional<TagId> id = Optional.empty();
            try {
                TagRow cells = new TagRow(row);
                id = Optional.of(fresh(cells.id(), row, lines));
                if (!row.problem().isEmpty()) {
                    throw new SettingException("", row.problem());
                }
                TagSpec spec = cells.spec(classes);
                check.accept(spec);
                specs.add(spec);
            } catch (SettingException e) {
                Optional<TagSpec> kept = id.map(lastGood::get)
                        .filter(spec -> refusal(spec, check).isEmpty());
                kept.ifPresent(specs::add);
                String column = e.key().isEmpty() ? "" : ", column " + e.key();
                problems.add(
                        where + column + ": " + e.getMessage() + (kept.isPresent() ? "; its last good row runs" : ""));
            }
        }
        return new TagSet(specs, problems);
    }

    /** Keeps what was good before, since the file as such can't be read. */
    static TagSet kept(String problem, Collection<TagSpec> before, Check check) {
        List<TagSpec> specs = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        problems.add(before.isEmpty() ? problem : problem + "; the last good set runs");
        for (TagSpec spec : before) {
            Optional<String> refusal = refusal(spec, check);
            refusal.ifPresentOrElse(why -> problems.add("tag " + spec.id() + ": " + why), () -> specs.add(spec));
        }
        return new TagSet(specs, problems);
    }

    private static TagId fresh(TagId id, TagTable.Row row, Map<TagId, Long> lines) {
        Long first = lines.putIfAbsent(id, row.line());
        if (first != null) {
            // no id for the caller: the first row's good version must not be added twice
            throw new SettingException("tag", id + " stands in line " + first + " already");
        }
        return id;
    }

    private static Optional<String> refusal(TagSpec spec, Check check) {
        try {
            check.accept(spec);
            return Optional.empty();
        } catch (SettingException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
