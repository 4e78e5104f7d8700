package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import java.util.Optional;

/**
 * Whose a presented login name is, as far as organisations are known.
 *
 * @param organisation empty if the text is no login name, or there is no such organisation.
 * @param name the name in it; empty if the organisation is.
 * @param login one text for all ways to write it, for who counts failures.
 */
record GateName(Optional<Organisation> organisation, String name, String login) {
    private static final int LONGEST = 512;

    static GateName of(String login, Organisations organisations) {
        if (login.length() > LONGEST) {
            return nobody(login.substring(0, LONGEST));
        }
        Optional<LoginName> parsed = LoginName.parse(login, organisations);
        return parsed.map(LoginName::organisation)
                .flatMap(organisations::find)
                .map(found -> new GateName(
                        Optional.of(found), parsed.get().name(), parsed.get().login()))
                .orElseGet(() -> nobody(login));
    }

    private static GateName nobody(String login) {
        return new GateName(Optional.empty(), "", login);
    }

    boolean is(CertificateJudge.Certified certified) {
        return name.equals(certified.name())
                && organisation
                        .filter(found -> found.id().equals(certified.organisation()))
                        .isPresent();
    }
}
