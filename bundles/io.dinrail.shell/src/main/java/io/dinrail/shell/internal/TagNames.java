package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.model.api.TagId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completes the tags of the device that stands before; where none does, every tag. */
final class TagNames extends Ids {
    TagNames(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        List<TagId> known = TagRow.all(services.find(ConnectedTags.class), services.find(LiveReadings.class)).stream()
                .map(TagRow::id)
                .toList();
        Set<String> named = known.stream()
                .map(id -> id.device().value())
                .filter(words::contains)
                .collect(Collectors.toSet());
        return known.stream()
                .filter(id -> named.isEmpty() || named.contains(id.device().value()))
                .map(TagId::tag);
    }
}
