package io.dinrail.shell.internal;

import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Person;
import java.util.List;
import java.util.stream.Stream;

/** Completes people. */
final class PersonNames extends Ids {
    PersonNames(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(People.class).map(People::list).orElse(List.of()).stream()
                .map(Person::name);
    }
}
