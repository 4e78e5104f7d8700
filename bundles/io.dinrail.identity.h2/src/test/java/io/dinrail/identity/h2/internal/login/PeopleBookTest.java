package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.BooksFixture.ANNA;
import static io.dinrail.identity.h2.internal.login.BooksFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import io.dinrail.identity.api.Person;
import io.dinrail.identity.api.Role;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleBookTest {
    private static final String STRONG = "correct horse battery";
    private BooksFixture books;

    @BeforeEach
    void start() throws Exception {
        books = new BooksFixture();
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void aPersonOutlivesARestart() throws Exception {
        Person added = books.people.add(ANNA, "bea", "Bea", Role.OPERATOR);
        assertThat(added)
                .isEqualTo(new Person("bea", "Bea", Role.OPERATOR, false, false, List.of(), NOON, Optional.empty()));
        String key = SshKeyTest.line(SshKeyTest.ed25519(), "bea@laptop");
        books.people.password(ANNA, "bea", STRONG);
        books.people.addKey(ANNA, "bea", key);

        books.restart();

        assertThat(books.people.list())
                .containsExactly(
                        new Person("bea", "Bea", Role.OPERATOR, false, true, List.of(key), NOON, Optional.empty()));
        assertThat(books.opens("bea", STRONG)).isTrue();
        assertThat(books.dump()).doesNotContain(STRONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "server",
                "system",
                "anonymous",
                "Server",
                "",
                "a b",
                "a@default",
                "a/b",
                "+",
                "ä",
                "a\n"
            })
    void namesThatCouldBeMistakenAreRefused(String name) {
        assertThat(reason(() -> books.people.add(ANNA, name, "", Role.ADMIN))).isEqualTo(Reason.REFUSED);
    }

    @Test
    void peopleAndCredentialsShareTheirNames() throws Exception {
        books.people.add(ANNA, "bea", "", Role.VIEWER);
        books.credentials.issue(ANNA, CredentialOrder.of("press-1", "device"));

        assertThat(reason(() -> books.credentials.issue(ANNA, CredentialOrder.of("bea", "device"))))
                .isEqualTo(Reason.TAKEN);
        assertThat(reason(() -> books.people.add(ANNA, "press-1", "", Role.VIEWER)))
                .isEqualTo(Reason.TAKEN);
        assertThat(reason(() -> books.people.add(ANNA, "bea", "", Role.VIEWER))).isEqualTo(Reason.TAKEN);
        assertThat(books.people.list()).hasSize(1);
        assertThat(books.credentials.list()).hasSize(1);
    }

    @Test
    void aKeyOpensForItsOwnerOnly() throws Exception {
        KeyPair pair = SshKeyTest.ed25519();
        String line = SshKeyTest.line(pair, "");
        books.people.add(ANNA, "bea", "", Role.ADMIN);
        books.people.add(ANNA, "cid", "", Role.VIEWER);
        books.people.addKey(ANNA, "bea", "  " + line + "  \n");

        assertThat(books.people.byKey("bea", pair.getPublic()))
                .map(Person::role)
                .contains(Role.ADMIN);
        assertThat(books.people.byKey("cid", pair.getPublic())).isEmpty();
        assertThat(books.people.byKey("nobody", pair.getPublic())).isEmpty();
        assertThat(books.people.byKey("bea", SshKeyTest.ed25519().getPublic())).isEmpty();
        assertThat(books.people.list().get(0).lastUsedAt()).contains(NOON);
        assertThat(reason(() -> books.people.addKey(ANNA, "cid", line))).isEqualTo(Reason.TAKEN);
        assertThat(reason(() -> books.people.addKey(ANNA, "bea", line))).isEqualTo(Reason.TAKEN);

        books.people.disable(ANNA, "bea", true);
        assertThat(books.people.byKey("bea", pair.getPublic())).isEmpty();
        books.people.disable(ANNA, "bea", false);
        books.restart();
        assertThat(books.people.byKey("bea", pair.getPublic())).isPresent();
    }

    @Test
    void aKeyIsTakenAwayByItsLineOrFingerprintAndIsFreeThen() throws Exception {
        KeyPair pair = SshKeyTest.ed25519();
        String line = SshKeyTest.line(pair, "bea");
        books.people.add(ANNA, "bea", "", Role.ADMIN);
        books.people.addKey(ANNA, "bea", line);
        books.people.removeKey(ANNA, "bea", line);
        assertThat(books.people.byKey("bea", pair.getPublic())).isEmpty();
        books.people.addKey(ANNA, "bea", line);
        books.people.removeKey(ANNA, "bea", SshKey.parse(line).fingerprint());

        assertThat(reason(() -> books.people.removeKey(ANNA, "bea", line))).isEqualTo(Reason.UNKNOWN);
        assertThat(reason(() -> books.people.removeKey(ANNA, "bea", "nonsense")))
                .isEqualTo(Reason.REFUSED);
        books.restart();
        assertThat(books.people.list().get(0).sshKeys()).isEmpty();

        books.people.addKey(ANNA, "bea", line);
        books.people.remove(ANNA, "bea");
        books.people.add(ANNA, "cid", "", Role.VIEWER);
        books.people.addKey(ANNA, "cid", line);
        assertThat(books.people.byKey("cid", pair.getPublic())).isPresent();
    }

    @Test
    void connectionsHearOfWhatChangesTheirRights() throws Exception {
        books.people.add(ANNA, "bea", "", Role.VIEWER);
        books.people.role(ANNA, "bea", Role.ENGINEER);
        books.people.password(ANNA, "bea", STRONG);
        books.people.disable(ANNA, "bea", true);
        books.people.disable(ANNA, "bea", false);
        books.people.remove(ANNA, "bea");

        assertThat(books.live)
                .containsExactly(
                        "changed credential:default/bea",
                        "end credential:default/bea DISTRUSTED",
                        "end credential:default/bea DISABLED",
                        "end credential:default/bea REVOKED");
        assertThat(books.trail)
                .containsExactly(
                        "anna person.added bea VIEWER",
                        "anna person.role bea ENGINEER",
                        "anna person.password bea ",
                        "anna person.disabled bea ",
                        "anna person.enabled bea ",
                        "anna person.removed bea ");
        assertThat(books.events()).containsExactly("REVOKED bea dashboard");
        assertThat(books.people.list()).isEmpty();
        books.restart();
        assertThat(books.people.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "too short",
                "aaaaaaaaaaaa",
                "abcabcabcabcabc",
                "maximilian",
                "MAXIMILIAN",
                "maximilianmaximilian",
                "with\nnewline12",
                "with\0nothing12",
                "tkn_something else",
                "AbCdEfGhIjKlMnOpQrStUvWxYz012345",
                "half a pair \ud83d"
            })
    void weakPasswordsAreRefused(String password) throws Exception {
        books.people.add(ANNA, "maximilian", "", Role.VIEWER);

        assertThat(reason(() -> books.people.password(ANNA, "maximilian", password)))
                .isEqualTo(Reason.REFUSED);
        assertThat(books.people.list().get(0).hasPassword()).isFalse();
    }

    @Test
    void lengthIsCountedInLettersNotInBytes() throws Exception {
        books.people.add(ANNA, "bea", "", Role.VIEWER);

        books.people.password(ANNA, "bea", "abcdef\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude03");
        assertThat(reason(() -> books.people.password(ANNA, "bea", "abcdef\ud83d\ude00\ud83d\ude01\ud83d\ude02")))
                .isEqualTo(Reason.REFUSED);
        books.people.password(ANNA, "bea", "abcd".repeat(64));
        assertThat(reason(() -> books.people.password(ANNA, "bea", "abcd".repeat(64) + "e")))
                .isEqualTo(Reason.REFUSED);
    }

    @Test
    void nobodyChangesWhoIsNotThereOrIsNoPerson() throws Exception {
        books.credentials.issue(ANNA, CredentialOrder.of("press-1", "device"));
        String key = SshKeyTest.line(SshKeyTest.ed25519(), "");

        for (String name : List.of("nobody", "press-1", "")) {
            for (Change change : List.<Change>of(
                    () -> books.people.role(ANNA, name, Role.ADMIN),
                    () -> books.people.disable(ANNA, name, true),
                    () -> books.people.password(ANNA, name, STRONG),
                    () -> books.people.addKey(ANNA, name, key),
                    () -> books.people.removeKey(ANNA, name, key),
                    () -> books.people.remove(ANNA, name))) {
                assertThat(reason(change)).isEqualTo(Reason.UNKNOWN);
            }
        }
    }

    @Test
    void nothingChangesWhileTheStoreFails() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        books.people.add(ANNA, "bea", "", Role.VIEWER);
        books.people.password(ANNA, "bea", STRONG);
        books.people.addKey(ANNA, "bea", SshKeyTest.line(pair, ""));
        List<Person> before = books.people.list();
        books.trail.clear();
        books.live.clear();
        books.store.fail();

        for (Change change : List.<Change>of(
                () -> books.people.add(ANNA, "cid", "", Role.ADMIN),
                () -> books.people.role(ANNA, "bea", Role.ADMIN),
                () -> books.people.disable(ANNA, "bea", true),
                () -> books.people.password(ANNA, "bea", "another horse battery"),
                () -> books.people.addKey(ANNA, "bea", SshKeyTest.line(SshKeyTest.ed25519(), "")),
                () -> books.people.removeKey(ANNA, "bea", SshKeyTest.line(pair, "")),
                () -> books.people.remove(ANNA, "bea"))) {
            assertThat(reason(change)).isEqualTo(Reason.STORE);
        }
        assertThat(books.people.list()).isEqualTo(before);
        assertThat(books.opens("bea", STRONG)).isTrue();
        assertThat(books.trail).isEmpty();
        assertThat(books.live).isEmpty();
        assertThatThrownBy(() -> books.people.remove(ANNA, "bea")).hasMessageContaining("still gets in");
    }

    private interface Change {
        void run() throws Exception;
    }

    private static Reason reason(Change change) {
        return catchThrowableOfType(IdentityException.class, change::run).reason();
    }
}
