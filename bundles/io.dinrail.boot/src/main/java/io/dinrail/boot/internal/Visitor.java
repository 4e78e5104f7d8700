package io.dinrail.boot.internal;

import io.dinrail.identity.api.Role;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/**
 * Somebody who may come in.
 *
 * @param name the login name.
 * @param role what it may do.
 */
record Visitor(String name, Role role) {
    /** The owner's login name, whatever People says. */
    static final String OWNER = "admin";

    /** Karaf's own words for what an admin may do. */
    private static final List<String> ALL_OF_KARAF = List.of("manager", "viewer", "systembundles");

    static final Visitor THE_OWNER = new Visitor(OWNER, Role.ADMIN);

    /** As Karaf's access control and the commands see it. */
    Subject subject(String address) {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(name));
        subject.getPrincipals().add(new ClientPrincipal("ssh", address));
        Stream.concat(
                        Stream.of("ssh", role.name().toLowerCase(Locale.ROOT)),
                        role == Role.ADMIN ? ALL_OF_KARAF.stream() : Stream.of())
                .forEach(word -> subject.getPrincipals().add(new RolePrincipal(word)));
        return subject;
    }
}
