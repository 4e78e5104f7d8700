package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Principal;
import io.dinrail.model.api.DeviceId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A login name, well formed and of an organisation that is there; whether anybody has it is another question.
 *
 * @param organisation the organisation's id, never an alias.
 * @param name the name in it.
 */
public record LoginName(String organisation, String name) {
    /** They stand for the platform itself, or for whoever has no name, where a sender or the owner of a session is named. */
    private static final Set<String> RESERVED = Set.of("server", "system", GateGuests.NAME);

    /**
     * Takes a login name apart at its last {@code @}.
     *
     * @param login {@code name}, or {@code name@} and an organisation's id or alias; whatever it holds.
     * @param organisations those there are, disabled ones too.
     * @return the name; empty if it is malformed or the organisation unknown.
     */
    public static Optional<LoginName> parse(String login, Organisations organisations) {
        return parse(login, organisations::find);
    }

    static Optional<LoginName> parse(String login, Function<String, Optional<Organisation>> organisations) {
        int at = login.lastIndexOf('@');
        String name = at < 0 ? login : login.substring(0, at);
        if (!isName(name)) {
            return Optional.empty();
        }
        String organisation = at < 0 ? Organisation.DEFAULT : login.substring(at + 1);
        return organisations.apply(organisation).map(found -> new LoginName(found.id(), name));
    }

    /**
     * Looks at a name without its organisation.
     *
     * @param name whatever it holds.
     * @return whether somebody could have it.
     */
    public static boolean isName(String name) {
        try {
            return new DeviceId(name).value().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Tells whether a name is one of the platform's own.
     *
     * @param name whatever it holds, in capitals or not.
     * @return whether nobody may be called that.
     */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    /** @return the bare name in the default organisation, {@code name@organisation} elsewhere. */
    public String login() {
        return Principal.login(organisation, name);
    }

    /** @return what connections of whoever has the name rest on. */
    public String root() {
        return "credential:" + key();
    }

    /** @return what its secrets are hashed with; neither part holds a slash, so no two names have the same. */
    String key() {
        return organisation + "/" + name;
    }
}
