package io.dinrail.shell.internal;

import io.dinrail.identity.api.Enrolment;
import java.util.List;
import java.util.stream.Stream;

/** Completes open enrolments. */
final class EnrolmentNames extends Ids {
    EnrolmentNames(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(Enrolment.class).map(Enrolment::list).orElse(List.of()).stream()
                .map(Enrolment.OpenEnrolment::login);
    }
}
