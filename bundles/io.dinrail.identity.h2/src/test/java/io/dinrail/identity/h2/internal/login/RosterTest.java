package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.BooksFixture.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.api.Credential.State;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.Person;
import io.dinrail.identity.api.Role;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is damaged denies for itself, and the rest works. */
class RosterTest {
    private static final String STRONG = "correct horse battery";
    private BooksFixture books;
    private String good;
    private String bad;

    @BeforeEach
    void start() throws Exception {
        books = new BooksFixture();
        good = books.credentials
                .issue(ANNA, CredentialOrder.of("good", "device"))
                .secret();
        bad = books.credentials.issue(ANNA, CredentialOrder.of("bad", "device")).secret();
    }

    @AfterEach
    void close() {
        books.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind = 'KING'", "kind = 'COMPONENT'", "kind = 'PERSON'", "role = 'ADMIN'", "kind = ''"})
    void aDamagedRowDeniesForItsCredentialOnly(String damage) throws Exception {
        books.sql("update credential set " + damage + " where name = 'bad'");
        books.restart();

        assertThat(books.why("bad", bad)).isEqualTo("BARRED damaged");
        assertThat(books.judge.named("default", "bad")).isInstanceOf(Proof.Failed.class);
        assertThat(books.opens("good", good)).isTrue();
        assertThat(books.credentials.find("good").map(each -> each.state())).contains(State.ACTIVE);
    }

    @Test
    void whenANameWasRevokedIsKnownAfterARestartTooAndForgottenWhenNoTokenCanBeLeft() throws Exception {
        LoginName name = new LoginName("default", "bad");
        assertThat(books.judge.revoked("default", "bad")).isEmpty();
        Instant at = books.roster.stamp();
        books.credentials.revoke(ANNA, "bad");
        books.credentials.issue(ANNA, CredentialOrder.of("bad", "device"));

        assertThat(books.judge.revoked("default", "bad")).contains(at);
        books.restart();
        assertThat(books.roster.revoked(name)).contains(at);
        assertThat(books.judge.revoked("default", "good")).isEmpty();
        books.clock.advance(Duration.ofDays(32));
        books.restart();
        assertThat(books.roster.revoked(name)).isEmpty();
    }

    @Test
    void aDamagedCredentialCanBeRevokedAndNothingElse() throws Exception {
        books.sql("update credential set kind = 'KING' where name = 'bad'");
        books.restart();

        assertThat(books.credentials.find("bad").map(each -> each.state())).contains(State.DISABLED);
        assertThatThrownBy(() -> books.credentials.enable(ANNA, "bad")).hasMessageContaining("issue it anew");
        assertThat(books.why("bad", bad)).isEqualTo("BARRED damaged");
        books.credentials.revoke(ANNA, "bad");
        String anew = books.credentials
                .issue(ANNA, CredentialOrder.of("bad", "device"))
                .secret();
        assertThat(books.opens("bad", anew)).isTrue();
    }

    @Test
    void aNameThatIsNoneIsNobody() throws Exception {
        books.sql("update credential set name = 'a' || char(10) || '+' where name = 'bad'");
        books.restart();

        assertThat(books.why("a\n+", bad)).isEqualTo("WRONG wrong");
        assertThat(books.opens("good", good)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"form = 'PLAIN'", "form = 'CHOSEN'", "digest = x''", "digest = x'00'"})
    void aDamagedSecretOpensNothing(String damage) throws Exception {
        books.sql("update credential_secret set " + damage
                + " where credential = (select id from credential where name = 'bad')");
        books.restart();

        assertThat(books.why("bad", bad)).isEqualTo("WRONG wrong");
        assertThat(books.why("bad", "")).isEqualTo("WRONG wrong");
        assertThat(books.opens("good", good)).isTrue();
    }

    @Test
    void aHashThatWouldEatTheHeapIsDamaged() throws Exception {
        books.people.add(ANNA, "bea", "", Role.VIEWER);
        books.people.password(ANNA, "bea", STRONG);
        books.sql("update credential_secret set digest ="
                + " cast(replace(cast(digest as varchar), 'm=64,', 'm=999999,') as varbinary) where form = 'CHOSEN'");
        books.restart();

        assertThat(books.why("bea", STRONG)).isEqualTo("WRONG wrong");
        assertThat(books.people.list()).extracting(Person::hasPassword).containsExactly(false);
    }

    @Test
    void aDamagedKeyOpensNothingAndTheOthersDo() throws Exception {
        books.people.add(ANNA, "bea", "", Role.VIEWER);
        var lost = SshKeyTest.ed25519();
        var kept = SshKeyTest.ed25519();
        books.people.addKey(ANNA, "bea", SshKeyTest.line(lost, "lost"));
        books.people.addKey(ANNA, "bea", SshKeyTest.line(kept, "kept"));
        books.sql("update person_key set key_text = 'ssh-ed25519 !' where key_text like '% lost'");
        books.restart();

        assertThat(books.people.byKey("bea", lost.getPublic())).isEmpty();
        assertThat(books.people.byKey("bea", kept.getPublic())).isPresent();
    }

    @Test
    void aMissingRuleSetStopsNobodyElse() throws Exception {
        books.sql("update credential set rule_set = 'gone' where name = 'bad'");
        books.restart();

        assertThat(books.opens("good", good)).isTrue();
        assertThat(books.roster.count("default", "gone")).isEqualTo(1);
    }
}
