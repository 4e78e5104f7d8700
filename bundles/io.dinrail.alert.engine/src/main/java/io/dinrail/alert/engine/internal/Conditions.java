package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.model.api.TagId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The alerts of devices' own alarms that are open in the store. Changed under the engine's lock, counted without. */
final class Conditions {
    private record Key(TagId tag, String condition) {}

    private final Map<Key, Alert> open = new ConcurrentHashMap<>();

    Conditions(Collection<Alert> kept) {
        kept.stream().filter(alert -> !alert.condition().isEmpty()).forEach(this::put);
    }

    Optional<Alert> find(TagId tag, String condition) {
        return Optional.ofNullable(open.get(new Key(tag, condition)));
    }

    void put(Alert alert) {
        open.put(new Key(alert.tag(), alert.condition()), alert);
    }

    void remove(Alert alert) {
        open.remove(new Key(alert.tag(), alert.condition()));
    }

    /** @return those of a tag but for some. */
    List<Alert> others(TagId tag, Set<String> conditions) {
        return open.values().stream()
                .filter(alert -> alert.tag().equals(tag) && !conditions.contains(alert.condition()))
                .toList();
    }

    int count() {
        return open.size();
    }
}
