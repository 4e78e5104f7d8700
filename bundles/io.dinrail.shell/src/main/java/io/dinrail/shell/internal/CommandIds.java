package io.dinrail.shell.internal;

import io.dinrail.command.api.CommandRouter;
import java.util.List;
import java.util.stream.Stream;

/** Completes commands. */
final class CommandIds extends Ids {
    CommandIds(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(CommandRouter.class).map(CommandRouter::list).orElse(List.of()).stream()
                .map(command -> command.id());
    }
}
