package io.dinrail.shell.internal;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Role;
import java.security.AccessController;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/**
 * Who runs a command, as the way in has found it out.
 *
 * @param name the login name; {@code shell} where nobody logged in.
 * @param from how and from where, such as {@code ssh 127.0.0.1}.
 * @param roles what Karaf knows it by.
 */
record Caller(String name, String from, Set<String> roles) {
    /** Of this thread; not what stands in the session, which whoever types can overwrite. */
    @SuppressWarnings("removal") // Karaf's access control asks in the same way, so both always mean the same person
    static Caller current() {
        return of(Optional.ofNullable(Subject.getSubject(AccessController.getContext())));
    }

    private static Caller of(Optional<Subject> subject) {
        return new Caller(
                names(subject, UserPrincipal.class).findFirst().orElse("shell"),
                principals(subject, ClientPrincipal.class)
                        .map(client -> client.getMethod() + " " + client.getAddress())
                        .findFirst()
                        .orElse(""),
                names(subject, RolePrincipal.class).collect(Collectors.toUnmodifiableSet()));
    }

    private static <P extends Principal> Stream<P> principals(Optional<Subject> subject, Class<P> type) {
        return subject.stream().flatMap(known -> known.getPrincipals(type).stream());
    }

    private static Stream<String> names(Optional<Subject> subject, Class<? extends Principal> type) {
        return principals(subject, type).map(Principal::getName);
    }

    boolean isAdmin() {
        return roles.contains("admin");
    }

    Actor actor() {
        return new Actor(name, from);
    }

    /** The roles that may do what needs one of them, as Karaf names them. */
    static Stream<String> namesFrom(Role least) {
        return Stream.of(Role.values()).filter(role -> role.covers(least)).map(Texts::name);
    }
}
