package io.dinrail.identity.h2.internal.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Temporary tokens by id and by the name they log in with; read by many, changed by one at a time. */
final class LiveTokens {
    private final Map<String, LiveToken> byId = new ConcurrentHashMap<>();
    private final Map<String, List<LiveToken>> byOwner = new ConcurrentHashMap<>();

    Optional<LiveToken> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Those of one name, ended ones too. */
    List<LiveToken> of(String owner) {
        return byOwner.getOrDefault(owner, List.of());
    }

    Collection<LiveToken> all() {
        return byId.values();
    }

    int size() {
        return byId.size();
    }

    void put(LiveToken token) {
        byId.put(token.id(), token);
        byOwner.compute(token.owner(), (owner, before) -> {
            List<LiveToken> after = without(before == null ? List.of() : before, token.id());
            after.add(token);
            return List.copyOf(after);
        });
    }

    void remove(LiveToken token) {
        byId.remove(token.id());
        byOwner.computeIfPresent(token.owner(), (owner, before) -> {
            List<LiveToken> after = without(before, token.id());
            return after.isEmpty() ? null : List.copyOf(after);
        });
    }

    /** Those that ended before a time. */
    List<LiveToken> endedBefore(Instant time, int most) {
        return byId.values().stream()
                .filter(token -> token.token().expiresAt().isBefore(time))
                .limit(most)
                .toList();
    }

    private static List<LiveToken> without(List<LiveToken> tokens, String id) {
        List<LiveToken> others = new ArrayList<>(tokens);
        others.removeIf(token -> token.id().equals(id));
        return others;
    }
}
