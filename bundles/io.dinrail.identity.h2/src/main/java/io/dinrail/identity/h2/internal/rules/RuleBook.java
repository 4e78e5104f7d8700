package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Finding;
import io.dinrail.identity.h2.internal.rules.RuleDocument.Parsed;
import io.dinrail.identity.h2.internal.text.PlainText;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps all rule sets compiled in memory; changes go to the store first, then to memory, then to the watchers. */
@Component(
        service = {Rules.class, RuleBook.class},
        immediate = true)
public final class RuleBook implements Rules {
    private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);

    private final SortedMap<String, RuleDocument> shipped = ShippedRules.all();
    private final Map<Key, Grant> own = new ConcurrentSkipListMap<>();
    private final List<BiConsumer<String, String>> watchers = new CopyOnWriteArrayList<>();
    private final RuleTable table;
    private final Clock clock;

    /** Whose rule set, and its name; by organisation and name. */
    record Key(String organisation, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int first = organisation.compareTo(other.organisation);
            return first != 0 ? first : name.compareTo(other.name);
        }
    }

    /**
     * Loads the rule sets.
     *
     * @throws SQLException if the store can't be read.
     */
    @Activate
    public RuleBook(@Reference(target = "(dinrail.schema=identity)") DataSource store) throws SQLException {
        this(store, Clock.systemUTC());
    }

    RuleBook(DataSource store, Clock clock) throws SQLException {
        this.table = new RuleTable(store);
        this.clock = clock;
        for (RuleTable.Row row : table.all()) {
            own.put(new Key(row.organisation(), row.name()), loaded(row));
        }
    }

    @Override
    public Optional<Grant> find(String organisation, String name) {
        Grant found = own.get(new Key(organisation, name));
        return found != null ? Optional.of(found) : shipped(name).map(document -> document);
    }

    @Override
    public Runnable watch(BiConsumer<String, String> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    Optional<RuleDocument> shipped(String name) {
        return Optional.ofNullable(shipped.get(name));
    }

    SortedMap<String, RuleDocument> shipped() {
        return Collections.unmodifiableSortedMap(shipped);
    }

    /** @return the organisations' own ones, by organisation and name. */
    Map<Key, Grant> own() {
        return Collections.unmodifiableMap(own);
    }

    synchronized void put(Key key, RuleDocument document) throws SQLException {
        table.put(new RuleTable.Row(key.organisation(), key.name(), document.toJson()), clock.instant());
        own.put(key, document);
        tell(key);
    }

    synchronized void remove(Key key) throws SQLException {
        table.remove(key.organisation(), key.name());
        own.remove(key);
        tell(key);
    }

    private void tell(Key key) {
        watchers.forEach(watcher -> watcher.accept(key.organisation(), key.name()));
    }

    private static Grant loaded(RuleTable.Row row) {
        Parsed parsed = RuleDocument.parse(row.name(), row.document());
        if (parsed.document().isPresent()) {
            return parsed.document().get();
        }
        String why = parsed.error()
                .map(RuleBook::sentence)
                .orElse("it can't be read"); // an error is why there is no document
        LOG.error(
                "rule set {} of {} is damaged and grants nothing: {}; put it anew",
                PlainText.of(row.name()),
                PlainText.of(row.organisation()),
                why);
        return new DamagedRules(PlainText.of(row.name()) + ": the rule set is damaged and grants nothing: " + why);
    }

    static String sentence(Finding finding) {
        return finding.place() + ": " + finding.message();
    }
}
