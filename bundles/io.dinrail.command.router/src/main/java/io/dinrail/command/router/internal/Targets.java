package io.dinrail.command.router.internal;

import io.dinrail.command.api.CommandTarget;
import io.dinrail.model.api.DeviceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The targets that are there, best first; safe for use by many threads. */
final class Targets {
    private static final Logger LOG = LoggerFactory.getLogger(Targets.class);
    private static final Comparator<Entry> BEST_FIRST =
            Comparator.comparingInt(Entry::ranking).reversed().thenComparingLong(Entry::age);

    /** A target and what it stands before the others by. */
    record Entry(CommandTarget target, int ranking, long age) {}

    private record Snapshot(int version, List<Entry> entries) {}

    /** Classes of targets that threw, each logged once. */
    private final Set<String> blamed = ConcurrentHashMap.newKeySet();

    private volatile Snapshot snapshot = new Snapshot(0, List.of());

    synchronized void add(CommandTarget target, Map<String, ?> properties) {
        int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0;
        long age = properties.get(Constants.SERVICE_ID) instanceof Long number ? number : 0;
        List<Entry> entries = new ArrayList<>(snapshot.entries);
        entries.add(new Entry(target, ranking, age));
        entries.sort(BEST_FIRST);
        snapshot = new Snapshot(snapshot.version + 1, List.copyOf(entries));
    }

    synchronized void remove(CommandTarget target) {
        List<Entry> entries = new ArrayList<>(snapshot.entries);
        entries.removeIf(entry -> entry.target == target);
        snapshot = new Snapshot(snapshot.version + 1, List.copyOf(entries));
    }

    /** @return a number that changes when targets come or go. */
    int version() {
        return snapshot.version;
    }

    boolean has(CommandTarget target) {
        return snapshot.entries.stream().anyMatch(entry -> entry.target == target);
    }

    /**
     * Finds the best target.
     *
     * @param least the lowest ranking asked: a command doesn't fall to a lesser target while the one that took it is being exchanged.
     */
    Optional<Entry> serving(DeviceId device, String type, int least) {
        return snapshot.entries.stream()
                .filter(entry -> entry.ranking >= least && serves(entry.target, device, type))
                .findFirst();
    }

    /** A plugin that fails at being asked must not keep the others from being. */
    private boolean serves(CommandTarget target, DeviceId device, String type) {
        try {
            return target.serves(device, type);
        } catch (RuntimeException | LinkageError e) {
            String name = target.getClass().getName();
            if (blamed.add(name)) {
                LOG.warn("{} failed to say whether it serves {} to {}; said once", name, type, device, e);
            }
            return false;
        }
    }
}
