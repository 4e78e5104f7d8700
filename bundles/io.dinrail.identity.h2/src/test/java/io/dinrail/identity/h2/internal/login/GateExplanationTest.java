package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.GateWorld.THERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateExplanationTest {
    private final GateWorld world = new GateWorld();

    @BeforeEach
    void somebodyIsKnown() {
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, "press-1", "right");
        world.register.put("press-1", "north", "");
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void itDecidesAsOnAConnectionAndSaysWhy() throws IdentityException {
        Decision decision = explain("press-1", Action.SUBSCRIBE, "f/north");

        assertThat(decision.allowed()).isTrue();
        assertThat(decision.rule()).contains("t/press-1", "c/press-1", "f/north");
        assertThat(explain("press-1", Action.PUBLISH, "t/press-2").allowed()).isFalse();
    }

    @Test
    void aSharedSubscriptionIsItsFilter() throws IdentityException {
        assertThat(explain("press-1", Action.SUBSCRIBE, "$share/group/f/north").allowed())
                .isTrue();
        assertThat(explain("press-1", Action.PUBLISH, "$share/group/f/north").allowed())
                .isFalse();
    }

    @Test
    void aClientIdThatItMayNotUseIsTheReason() throws IdentityException {
        Decision decision = world.gate.explain("press-1", "press-2", Action.PUBLISH, "t/press-1");

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.rule()).contains("client id");
    }

    @Test
    void whoIsKeptOutIsDeniedEverything() throws IdentityException {
        world.books.barred.put("default/press-1", new Proof.Failed(Reason.BARRED, "disabled"));
        world.books.put(Principal.Kind.DEVICE, THERE, "press-1", "right");
        world.tenants.put(GateWorld.organisation(THERE, true, 0));

        assertThat(explain("press-1", Action.PUBLISH, "t/press-1").rule()).contains("disabled");
        assertThat(explain("press-1@" + THERE, Action.PUBLISH, "t/press-1").rule())
                .contains("organisation is disabled");
    }

    @Test
    void aMissingRuleSetIsNamed() throws IdentityException {
        world.rules.remove(Organisation.DEFAULT, "device");

        assertThat(explain("press-1", Action.PUBLISH, "t/press-1"))
                .isEqualTo(new Decision(false, "there is no rule set device", java.util.Map.of()));
    }

    @Test
    void nobodyIsSaidSoWithoutAnEcho() {
        assertThatThrownBy(() -> explain("press-9\n\u001b[31m", Action.PUBLISH, "t"))
                .isInstanceOf(IdentityException.class)
                .hasMessage("there is no credential press-9??[31m: look at the list; keys and tokens have rights of"
                        + " their own");
        assertThatThrownBy(() -> explain("press-9", Action.PUBLISH, "t")).isInstanceOf(IdentityException.class);
    }

    private Decision explain(String login, Action action, String topic) throws IdentityException {
        return world.gate.explain(login, "press-1", action, topic);
    }
}
