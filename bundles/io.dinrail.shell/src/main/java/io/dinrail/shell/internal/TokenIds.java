package io.dinrail.shell.internal;

import io.dinrail.identity.api.Tokens;
import java.util.List;
import java.util.stream.Stream;

/** Completes temporary tokens. */
final class TokenIds extends Ids {
    TokenIds(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(Tokens.class).map(Tokens::list).orElse(List.of()).stream()
                .map(Tokens.TemporaryToken::id);
    }
}
