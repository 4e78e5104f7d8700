package io.dinrail.identity.h2.internal.login;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Accesses by what they rest on. Most roots bear one access only, so one costs no table of its own. */
final class AccessIndex {
    private final Map<String, Set<LiveAccess>> byRoot = new ConcurrentHashMap<>();

    void add(Collection<String> roots, LiveAccess access) {
        roots.forEach(root -> byRoot.merge(root, Set.of(access), AccessIndex::joined));
    }

    void remove(Collection<String> roots, LiveAccess access) {
        roots.forEach(root -> byRoot.computeIfPresent(root, (key, all) -> without(all, access)));
    }

    /** @return those that rest on a root; may be walked while others come and go. */
    Set<LiveAccess> on(String root) {
        return byRoot.getOrDefault(root, Set.of());
    }

    void every(Consumer<LiveAccess> visitor) {
        byRoot.values().forEach(all -> all.forEach(visitor));
    }

    boolean isEmpty() {
        return byRoot.isEmpty();
    }

    private static Set<LiveAccess> joined(Set<LiveAccess> all, Set<LiveAccess> one) {
        if (!(all instanceof ConcurrentHashMap.KeySetView)) {
            Set<LiveAccess> many = ConcurrentHashMap.newKeySet();
            many.addAll(all);
            many.addAll(one);
            return many;
        }
        all.addAll(one);
        return all;
    }

    /** Nothing left is null, as a map wants it to forget a key. */
    private static @Nullable Set<LiveAccess> without(Set<LiveAccess> all, LiveAccess access) {
        if (all instanceof ConcurrentHashMap.KeySetView) {
            all.remove(access);
            return all.isEmpty() ? null : all;
        }
        return all.contains(access) ? null : all;
    }
}
