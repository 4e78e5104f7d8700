package io.dinrail.identity.h2.internal.audit;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The file {@code etc/io.dinrail.identity.cfg}, as far as audit log and throttles read it. */
@ObjectClassDefinition(name = "Identity", description = "The audit log, and how often a login may fail.")
@interface AuditConfig {
    /** @return days. */
    @AttributeDefinition(description = "Days that an entry of the audit log is kept, 1 to 36500.")
    int audit_days() default 365;

    /** @return entries. */
    @AttributeDefinition(
            description = "Entries of the audit log that are kept, the oldest go first, 1000 to 100000000.")
    long audit_entries() default 1_000_000;

    /** @return failures. */
    @AttributeDefinition(
            description =
                    "Failures of a name from one address within 5 minutes after which it waits 5 minutes there, 3 to 1000.")
    int login_failures_per_name() default 10;

    /** @return failures. */
    @AttributeDefinition(
            description =
                    "Failures from one address within a minute after which only names known from there are looked at, 10 to 100000.")
    int login_failures_per_address() default 100;
}
