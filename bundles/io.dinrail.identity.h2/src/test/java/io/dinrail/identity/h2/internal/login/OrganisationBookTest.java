package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.BooksFixture.ANNA;
import static io.dinrail.identity.h2.internal.login.BooksFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganisationBookTest {
    private static final String UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";
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
    void theDefaultOrganisationIsAlwaysThere() throws Exception {
        assertThat(books.organisations.list()).extracting(Organisation::id).containsExactly("default");

        books.sql("delete from organisation");
        books.restart();

        assertThat(books.organisations.find("default")).isPresent();
        books.restart();
        assertThat(books.organisations.list()).hasSize(1);
    }

    @Test
    void anAddedOneHasANewIdAndOutlivesARestart() throws Exception {
        Organisation added = books.organisation("Plant North");

        assertThat(added.id()).matches("org_[a-z2-9]{12}");
        assertThat(added.createdAt()).isEqualTo(NOON);
        assertThat(added.defaultRuleSet()).isEqualTo("device");
        books.restart();
        assertThat(books.organisations.list()).extracting(Organisation::id).containsExactly("default", added.id());
        assertThat(books.organisations.find(added.id())).contains(added);
        assertThat(books.roster.isOrganisation(added.id())).isTrue();
        assertThat(books.trail).containsExactly("anna organisation.added " + added.id() + " Plant North");
    }

    @Test
    void aliasesStandForTheOrganisationAndAreNotItsId() throws Exception {
        Organisation added = books.organisation("North");
        books.organisations.change(ANNA, with(added, List.of(UUID, "org_elsewhere12"), false));

        assertThat(LoginName.parse("press-1@" + UUID, books.organisations))
                .contains(new LoginName(added.id(), "press-1"));
        assertThat(books.roster.isOrganisation(UUID)).isFalse();
        assertThat(books.organisations.list()).hasSize(2);
        books.restart();
        assertThat(books.organisations.find("org_elsewhere12"))
                .map(Organisation::id)
                .contains(added.id());

        books.organisations.change(ANNA, with(added, List.of(), false));
        assertThat(books.organisations.find(UUID)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "default", "a b", "a@b", "a/b", "ü", "a\n", "a\0"})
    void aliasesThatCouldBeMistakenAreRefused(String alias) throws Exception {
        Organisation added = books.organisation("North");

        assertThatThrownBy(() -> books.organisations.change(ANNA, with(added, List.of(alias), false)))
                .isInstanceOf(IdentityException.class);
        assertThat(books.organisations.find(added.id())).contains(added);
    }

    @Test
    void anAliasIsTakenByOneOnly() throws Exception {
        Organisation north = books.organisation("North");
        Organisation south = books.organisation("South");
        books.organisations.change(ANNA, with(north, List.of("n"), false));

        for (List<String> aliases :
                List.of(List.of("n"), List.of(north.id()), List.of(south.id()), List.of("a", "a"))) {
            assertThat(catchThrowableOfType(
                                    IdentityException.class,
                                    () -> books.organisations.change(ANNA, with(south, aliases, false)))
                            .reason())
                    .isEqualTo(IdentityException.Reason.TAKEN);
        }
    }

    @Test
    void disablingEndsItsConnectionsAndAnotherChangeFillsTheirRightsInAnew() throws Exception {
        Organisation added = books.organisation("North");

        books.organisations.change(ANNA, with(added, List.of(), true));
        assertThat(books.live).containsExactly("end organisation:" + added.id() + " DISABLED");
        assertThat(books.organisations.find(added.id()).orElseThrow().disabled())
                .isTrue();

        books.organisations.change(ANNA, with(added, List.of(), false));
        assertThat(books.live).last().isEqualTo("changed organisation:" + added.id());
    }

    @Test
    void whatCanNotBeIsRefusedWithASentence() throws Exception {
        Organisation own = books.organisations.find("default").orElseThrow();

        assertThatThrownBy(() -> books.organisations.change(ANNA, with(own, List.of(), true)))
                .hasMessageContaining("can't be disabled");
        assertThatThrownBy(() -> books.organisations.change(
                        ANNA, new Organisation("default", "", List.of(), false, "nope", false, 0, NOON)))
                .hasMessageContaining("'nope'");
        assertThatThrownBy(() -> books.organisations.change(
                        ANNA, new Organisation("default", "", List.of(), false, "device", false, -1, NOON)))
                .hasMessageContaining("connections");
        assertThatThrownBy(() -> books.organisations.change(
                        ANNA, new Organisation("org_x\n", "", List.of(), false, "device", false, 0, NOON)))
                .hasMessage("there is no organisation 'org_x?': look at the list");
        assertThatThrownBy(() -> books.organisations.add(ANNA, "x".repeat(129))).hasMessageContaining("display name");
        assertThatThrownBy(() -> books.organisations.add(ANNA, "x\u001b[0m")).hasMessageContaining("display name");
    }

    @Test
    void nothingChangesWhileTheStoreFails() throws Exception {
        Organisation added = books.organisation("North");
        books.trail.clear();
        books.store.fail();

        assertThatThrownBy(() -> books.organisations.add(ANNA, "South"))
                .hasMessageContaining("No space left on device")
                .hasMessageNotContaining("INSERT");
        assertThatThrownBy(() -> books.organisations.change(ANNA, with(added, List.of("n"), true)))
                .isInstanceOf(IdentityException.class);

        assertThat(books.organisations.find(added.id())).contains(added);
        assertThat(books.organisations.list()).hasSize(2);
        assertThat(books.live).isEmpty();
        assertThat(books.trail).isEmpty();
    }

    private static Organisation with(Organisation known, List<String> aliases, boolean disabled) {
        return new Organisation(
                known.id(),
                known.displayName(),
                aliases,
                disabled,
                known.defaultRuleSet(),
                known.closesOnRefusedPublish(),
                known.maxConnections(),
                known.createdAt());
    }
}
