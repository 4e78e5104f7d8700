package io.dinrail.identity.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.CredentialOrder.SecretChoice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrincipalTest {
    private static final Principal PRESS = new Principal(Principal.Kind.DEVICE, Organisation.DEFAULT, "press-1");

    @Test
    void aLoginNameIsBareAtHomeAndCarriesItsOrganisationElsewhere() {
        assertThat(PRESS.login()).isEqualTo("press-1");
        assertThat(new Principal(Principal.Kind.DEVICE, "org_k7xm4pqr2n5t", "press-1").login())
                .isEqualTo("press-1@org_k7xm4pqr2n5t");
    }

    @Test
    void noTextHoldsASecret() {
        Credential credential = new Credential(
                PRESS,
                "",
                Credentials.DEVICE,
                List.of("press-1"),
                Credential.State.ACTIVE,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                1);
        CredentialOrder order = new CredentialOrder(
                "press-1", Optional.empty(), List.of(), "", Optional.empty(), new SecretChoice.Chosen("hush hush"));
        assertThat(new Issued(credential, "hush").toString()
                        + order
                        + new SecretChoice.Given("hush hush hush hush")
                        + new Attempt("press-1", "hush".getBytes(), Optional.empty(), "127.0.0.1"))
                .doesNotContain("hush");
    }

    @Test
    void eachRoleCanDoWhatThoseBeforeItCan() {
        assertThat(Role.ADMIN.covers(Role.VIEWER)).isTrue();
        assertThat(Role.ENGINEER.covers(Role.ENGINEER)).isTrue();
        assertThat(Role.OPERATOR.covers(Role.ENGINEER)).isFalse();
    }
}
