package io.dinrail.shell.internal;

import io.dinrail.identity.api.RuleSetInfo;
import io.dinrail.identity.api.RuleSets;
import java.util.List;
import java.util.stream.Stream;

/** Completes rule sets. */
final class RuleSetNames extends Ids {
    RuleSetNames(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(RuleSets.class).map(RuleSets::list).orElse(List.of()).stream()
                .map(RuleSetInfo::name);
    }
}
