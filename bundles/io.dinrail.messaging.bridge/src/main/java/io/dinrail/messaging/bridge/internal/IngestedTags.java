package io.dinrail.messaging.bridge.internal;

import io.dinrail.model.api.TagId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/**
 * The tags whose readings came in over MQTT: they are on MQTT already and aren't published a second time. Holds 200,000; a reading of a tag beyond that
 * is published again, which doubles it for subscribers and can't come round, because the broker doesn't play the platform's own messages back to it.
 */
@Component(service = IngestedTags.class)
public final class IngestedTags {
    private static final int MOST = 200_000;

    private final Set<TagId> tags = ConcurrentHashMap.newKeySet();

    void add(TagId tag) {
        if (tags.size() < MOST) {
            tags.add(tag);
        }
    }

    boolean contains(TagId tag) {
        return tags.contains(tag);
    }
}
