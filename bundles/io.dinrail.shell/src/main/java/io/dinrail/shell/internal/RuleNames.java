package io.dinrail.shell.internal;

import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.RuleBook;
import java.util.List;
import java.util.stream.Stream;

/** Completes rules. */
final class RuleNames extends Ids {
    RuleNames(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(RuleBook.class).map(RuleBook::list).orElse(List.of()).stream()
                .map(Rule::name);
    }
}
