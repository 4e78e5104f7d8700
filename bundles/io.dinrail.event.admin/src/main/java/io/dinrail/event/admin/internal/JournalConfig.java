package io.dinrail.event.admin.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The journal's settings, PID {@code io.dinrail.event.admin}. */
@ObjectClassDefinition(name = "Dinrail journal")
@interface JournalConfig {
    @AttributeDefinition(
            name = "readings in the ring",
            description = "The newest readings that are kept for consumers that are slow or away, 1000 to 10000000.")
    int ring_readings() default 100_000;
}
