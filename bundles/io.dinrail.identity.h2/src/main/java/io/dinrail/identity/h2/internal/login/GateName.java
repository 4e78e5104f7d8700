package io.dinrail.identity.h2.internal.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Principal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose a presented login name is, as far as organisations are known.
 *
 * @param organisation empty if the text is no login name, or there is no such organisation.
 * @param name the name in it; empty if the organisation is.
 * @param login one text for all ways to write it, for who counts failures.
 */
record GateName(Optional<Organisation> organisation, String name, String login) {
    private static final int LONGEST = 512;
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._~-]{0,127})(?:@([A-Za-z0-9][A-Za-z0-9_-]{0,63}))?");

    static GateName of(String login, Organisations organisations) {
        var parts = FORM.matcher(login);
        if (!parts.matches()) {
            return nobody(login);
        }
        String name = parts.group(1);
        return Optional.ofNullable(parts.group(2))
                .or(() -> Optional.of(Organisation.DEFAULT))
                .flatMap(organisations::find)
                .map(found -> new GateName(Optional.of(found), name, Principal.login(found.id(), name)))
                .orElseGet(() -> nobody(login));
    }

    private static GateName nobody(String login) {
        boolean isShort = login.length() <= LONGEST && login.getBytes(UTF_8).length <= LONGEST;
        return new GateName(Optional.empty(), "", isShort ? login : login.substring(0, LONGEST / 4));
    }

    boolean is(CertificateJudge.Certified certified) {
        return name.equals(certified.name())
                && organisation
                        .filter(found -> found.id().equals(certified.organisation()))
                        .isPresent();
    }
}
