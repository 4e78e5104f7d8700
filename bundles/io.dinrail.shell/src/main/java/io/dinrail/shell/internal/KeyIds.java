package io.dinrail.shell.internal;

import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKeys;
import java.util.List;
import java.util.stream.Stream;

/** Completes API keys. */
final class KeyIds extends Ids {
    KeyIds(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(ApiKeys.class).map(ApiKeys::list).orElse(List.of()).stream()
                .map(ApiKey::id);
    }
}
