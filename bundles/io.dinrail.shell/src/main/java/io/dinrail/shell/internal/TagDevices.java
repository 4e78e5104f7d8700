package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.event.api.LiveReadings;
import java.util.List;
import java.util.stream.Stream;

/** Completes devices that have tags. */
final class TagDevices extends Ids {
    TagDevices(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return devices(services);
    }

    static Stream<String> devices(Services services) {
        return TagRow.all(services.find(ConnectedTags.class), services.find(LiveReadings.class)).stream()
                .map(row -> row.id().device().value());
    }
}
