package io.dinrail.shell.internal;

import io.dinrail.identity.api.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least role that may run a command. Karaf's access control enforces it, by {@code etc/org.apache.karaf.command.acl.dinrail.cfg}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Needs {
    /** Roles above it may too. */
    Role value();
}
