package io.dinrail.southbound.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.model.api.TagId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which instance serves which tag, so that no tag has two sources; safe for use by many threads. */
final class TagClaims {
    private final Map<TagId, String> owners = new ConcurrentHashMap<>();

    /** @throws SettingException if another instance serves the tag. */
    void claim(TagId id, String instance) {
        check(owners.putIfAbsent(id, instance), id, instance);
    }

    /** Looks whether a tag could be claimed. @throws SettingException if another instance serves it. */
    void check(TagId id, String instance) {
        check(owners.get(id), id, instance);
    }

    private static void check(@Nullable String owner, TagId id, String instance) {
        if (owner != null && !owner.equals(instance)) {
            throw new SettingException("tag", id + " is served by the connector " + owner + " already");
        }
    }

    /** Lets go of all that the instance claimed, but for these. */
    void keepOnly(String instance, Collection<TagId> kept) {
        Set<TagId> keep = kept.stream().collect(Collectors.toSet());
        owners.entrySet().removeIf(entry -> entry.getValue().equals(instance) && !keep.contains(entry.getKey()));
    }
}
