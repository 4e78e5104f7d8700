package io.dinrail.identity.h2.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Organisation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginNameTest {
    private static final Organisation NORTH =
            new Organisation("org_k7xm4pqr2n5t", "North", List.of("n"), false, "device", false, 0, Instant.EPOCH);
    private static final Organisation OWN =
            new Organisation("default", "", List.of(), false, "device", false, 0, Instant.EPOCH);

    @Test
    void aBareNameIsOfTheDefaultOrganisation() {
        assertThat(parse("press-1")).contains(new LoginName("default", "press-1"));
        assertThat(parse("press-1@default")).contains(new LoginName("default", "press-1"));
        assertThat(parse("press-1@org_k7xm4pqr2n5t")).contains(new LoginName("org_k7xm4pqr2n5t", "press-1"));
        assertThat(parse("press-1@n")).contains(new LoginName("org_k7xm4pqr2n5t", "press-1"));
        assertThat(parse("x".repeat(128))).isPresent();
    }

    @Test
    void itIsShownAsItIsTyped() {
        assertThat(parse("press-1@default").map(LoginName::login)).contains("press-1");
        assertThat(parse("press-1@n").map(LoginName::login)).contains("press-1@org_k7xm4pqr2n5t");
        assertThat(parse("press-1@n").map(LoginName::root)).contains("credential:org_k7xm4pqr2n5t/press-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "@n",
                "press-1@",
                "press-1@x",
                "press-1 @n",
                "press-1@ n",
                "press-1@n ",
                " press-1",
                "a@b@n",
                "press-1@N",
                "press-1@org_k7xm4pqr2n5",
                "+",
                "#",
                "a/b",
                "%",
                "%u",
                "a\0",
                "a\n",
                "{username}",
                "${jndi:ldap://x/a}",
                "ä",
                "a\u0308",
                "\uFF41",
                "-a",
                ".a",
                "_a",
                "~a"
            })
    void whatIsMalformedOrOfNoOrganisationIsNobody(String login) {
        assertThat(parse(login)).isEmpty();
    }

    @Test
    void whatIsTooLongIsNobody() {
        assertThat(parse("x".repeat(129))).isEmpty();
        assertThat(parse("x".repeat(65_536))).isEmpty();
        assertThat(parse("x@" + "y".repeat(65_536))).isEmpty();
    }

    private static Optional<LoginName> parse(String login) {
        return LoginName.parse(
                login,
                asked -> Optional.of(asked).flatMap(text -> switch (text) {
                    case "default" -> Optional.of(OWN);
                    case "org_k7xm4pqr2n5t", "n" -> Optional.of(NORTH);
                    default -> Optional.empty();
                }));
    }
}
