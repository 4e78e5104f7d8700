package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.GateWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.DeviceChanged;
import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.login.GateWorld.Ears;
import io.dinrail.identity.h2.internal.login.GateWorld.Entry;
import io.dinrail.model.api.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveAccessTest {
    private static final String PRESS = "credential:default/press-1";

    private final GateWorld world = new GateWorld();
    private final Ears ears = new Ears();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void nothingIsAllowedBeforeAClientIdIsBound() {
        Access access = open("press-1");

        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        assertThat(access.mayReceive("t/press-1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "press-2", "press-1 ", "PRESS-1", "press-1\0", "press-1-x", "*", "press-*"})
    void anotherClientIdAllowsNothing(String clientId) {
        Access access = open("press-1");

        assertThat(access.bind(clientId)).isFalse();
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        assertThat(access.bind("press-1")).as("it has had its try").isFalse();
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
    }

    @Test
    void whoBindsTwiceHasNothingWhateverChanges() {
        Access access = bound("press-1");

        assertThat(access.bind("press-1")).isFalse();
        world.rules.put(Organisation.DEFAULT, "device", "t/%u", "n");
        world.table.changed(PRESS);

        await().during(Duration.ofMillis(250)).until(() -> !access.may(Action.PUBLISH, "t/press-1"));
    }

    @Test
    void whatIsEndedAllowsNothingWhenTheCallReturnsAndIsToldOnce() {
        Access access = bound("press-1");
        Access other = bound("press-2");

        world.table.end(PRESS, End.REVOKED);

        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        assertThat(access.mayReceive("t/press-1")).isFalse();
        world.table.end(PRESS, End.DISABLED);
        await().until(() -> !ears.heard.isEmpty());
        assertThat(ears.heard).containsExactly("REVOKED");
        assertThat(other.may(Action.PUBLISH, "t/press-2")).isTrue();
    }

    @Test
    void whoeverClosesHearsNoMore() {
        Access access = bound("press-1");

        access.close();
        access.close();
        world.table.end(PRESS, End.REVOKED);
        world.table.changed(PRESS);
        flush();

        assertThat(ears.heard).isEmpty();
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"organisation:default", "rules:default/device", "device:press-1", PRESS})
    void itRestsOnEverythingItCameFrom(String root) {
        Access access = bound("press-1");

        world.table.end(root, End.DISABLED);

        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
    }

    @Test
    void aChangedRuleCountsForWhoIsConnected() {
        Access access = bound("press-1");

        world.rules.put(Organisation.DEFAULT, "device", "n/%u");

        await().until(() -> ears.heard.contains("changed"));
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        assertThat(access.may(Action.PUBLISH, "n/press-1")).isTrue();
    }

    @Test
    void aRuleSetThatIsGoneLeavesNothing() {
        Access access = bound("press-1");

        world.rules.remove(Organisation.DEFAULT, "device");

        await().until(() -> ears.heard.contains("changed"));
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
    }

    @Test
    void anotherOrganisationsRulesChangeNothing() {
        bound("press-1");

        world.rules.put(GateWorld.THERE, "device", "n/%u");
        flush();

        assertThat(ears.heard).isEmpty();
    }

    @Test
    void aDevicesFleetFollowsTheRegister() {
        world.register.put("press-1", "north", "");
        Access access = bound("press-1");
        assertThat(access.may(Action.SUBSCRIBE, "f/north")).isTrue();

        world.register.put("press-1", "south", "");
        registered("press-1");

        await().until(() -> access.may(Action.SUBSCRIBE, "f/south"));
        assertThat(access.may(Action.SUBSCRIBE, "f/north")).isFalse();
        await().until(() -> ears.heard.equals(List.of("changed")));
    }

    @Test
    void whatDoesNotChangeItsFactsDisturbsNobody() {
        bound("press-1");

        registered("press-1");
        flush();

        assertThat(ears.heard).isEmpty();
    }

    @Test
    void whileTheRegisterIsAwayWhatWasKnownStands() {
        world.register.put("press-1", "north", "");
        Access access = bound("press-1");

        world.table.unbindRegister(world.register);
        world.rules.put(Organisation.DEFAULT, "device", "f/{fleet}", "n");

        await().until(() -> access.may(Action.PUBLISH, "n"));
        assertThat(access.may(Action.SUBSCRIBE, "f/north")).isTrue();
    }

    @Test
    void aGatewaySpeaksForTheDevicesBehindItAsTheyComeAndGo() {
        world.register.put("child-1", "north", "edge");
        world.books.put(Principal.Kind.GATEWAY, Organisation.DEFAULT, "edge", "right");
        Access access = world.access("edge", "right", ears);
        access.bind("edge");
        assertThat(access.may(Action.PUBLISH, "d/child-1")).isTrue();

        IntStream.range(2, 1_000).forEach(number -> {
            world.register.put("child-" + number, "north", "edge");
            registered("child-" + number);
        });
        world.register.put("child-1", "north", "other");
        registered("child-1");

        await().until(() -> access.may(Action.PUBLISH, "d/child-999") && !access.may(Action.PUBLISH, "d/child-1"));
        assertThat(ears.heard.size()).as("told now and then, not for each").isLessThan(50);
    }

    @Test
    void aCredentialsNewRuleSetAndEndCountAtOnceForWhoIsConnected() {
        Access access = bound("press-1");
        world.rules.put(Organisation.DEFAULT, "narrow", "n/%u");

        entry("press-1", "narrow", List.of("press-1"), Optional.of(NOON.plusSeconds(60)));
        world.table.changed(PRESS);

        await().until(() -> access.may(Action.PUBLISH, "n/press-1"));
        assertThat(access.ruleSet()).isEqualTo("narrow");
        assertThat(access.until()).contains(NOON.plusSeconds(60));
        world.rules.put(Organisation.DEFAULT, "narrow", "m/%u");
        await().until(() -> access.may(Action.PUBLISH, "m/press-1"));
        world.clock.advance(Duration.ofSeconds(60));
        await().until(() -> ears.heard.contains("EXPIRED"));
    }

    @Test
    void aCredentialThatCountsNoMoreEndsItsConnections() {
        Access access = bound("press-1");

        world.books.barred.put("default/press-1", new Proof.Failed(Reason.BARRED, "disabled"));
        world.table.changed(PRESS);

        await().until(() -> ears.heard.contains("DISABLED"));
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
    }

    @Test
    void aClientIdThatIsAllowedNoMoreEndsItsConnection() {
        bound("press-1");

        entry("press-1", "device", List.of("other"), Optional.empty());
        world.table.changed(PRESS);

        await().until(() -> ears.heard.contains("DISABLED"));
    }

    @Test
    void whatHasEndedDeniesBeforeAnybodyNoticesAndIsToldSoon() {
        Access access = boundUntil(NOON.plusSeconds(10));
        world.clock.advance(Duration.ofSeconds(10));

        assertThat(access.may(Action.PUBLISH, "t/guest")).isFalse();

        await().atMost(Duration.ofSeconds(1)).until(() -> ears.heard.equals(List.of("EXPIRED")));
    }

    @Test
    void aClockSetBackGivesNoTime() {
        Access access = boundUntil(NOON.plusSeconds(10));

        world.clock.advance(Duration.ofHours(-3));
        assertThat(access.may(Action.PUBLISH, "t/guest")).isTrue();
        world.nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));

        assertThat(access.may(Action.PUBLISH, "t/guest")).isFalse();
        await().until(() -> ears.heard.contains("EXPIRED"));
    }

    @Test
    void aClockSetBackRevivesNothing() {
        Access access = boundUntil(NOON.plusSeconds(10));
        world.clock.advance(Duration.ofSeconds(10));
        assertThat(access.may(Action.PUBLISH, "t/guest")).isFalse();

        world.clock.advance(Duration.ofHours(-3));

        assertThat(access.may(Action.PUBLISH, "t/guest")).isFalse();
    }

    @Test
    void aListenerThatThrowsDoesNotKeepTheNextFromHearing() {
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, "press-0", "right");
        world.access("press-0", "right", new AccessListener() {
            @Override
            public void changed() {}

            @Override
            public void ended(End why) {
                throw new NoClassDefFoundError("its bundle is gone");
            }
        });
        bound("press-1");

        world.table.end("organisation:default", End.DISABLED);
        await().until(() -> ears.heard.contains("DISABLED"));
    }

    @Test
    void endsAreToldBeforeChangesThatWait() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        world.rules.put(Organisation.DEFAULT, "slow", "o");
        entry("slow", "slow", List.of("slow"), Optional.empty());
        Access slow = world.access("slow", "right", new AccessListener() {
            @Override
            public void changed() {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void ended(End why) {}
        });
        slow.bind("slow");
        bound("press-1");
        world.rules.put(Organisation.DEFAULT, "slow", "n");
        await().until(() -> slow.may(Action.PUBLISH, "n"));

        world.rules.put(Organisation.DEFAULT, "device", "n/%u");
        world.table.end(PRESS, End.REVOKED);
        goOn.countDown();

        await().until(() -> !ears.heard.isEmpty());
        flush();
        assertThat(ears.heard).containsExactly("REVOKED");
    }

    @Test
    void denialsAreWrittenOncePerTopicAndMinuteAndAHundredCloseTheConnection() {
        Access access = bound("press-1");

        for (int i = 1; i < 100; i++) {
            assertThat(access.denied(Action.PUBLISH, "x")).isFalse();
        }
        assertThat(access.denied(Action.PUBLISH, "y")).isTrue();
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(access.denied(Action.PUBLISH, "x")).isFalse();

        assertThat(world.trail.denied)
                .containsExactly("press-1 press-1 127.0.0.1 PUBLISH x", "press-1 press-1 127.0.0.1 PUBLISH x");
    }

    @Test
    void whatIsClosedOrEndedLeavesNothingBehind() {
        bound("press-1").close();
        boundUntil(NOON.plusSeconds(10));
        bound("press-2");
        world.clock.advance(Duration.ofSeconds(10));
        world.table.end("credential:default/press-2", End.REVOKED);

        await().until(() -> world.table.isEmpty());
    }

    @Test
    void itsThreadEndsWithIt() {
        world.table.stop();

        assertThat(world.table.isRunning()).isFalse();
    }

    private Access open(String name) {
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, name, "right");
        return world.access(name, "right", ears);
    }

    private Access bound(String name) {
        Access access = open(name);
        assertThat(access.bind(name)).isTrue();
        return access;
    }

    private Access boundUntil(Instant end) {
        entry("guest", "device", List.of("guest"), Optional.of(end));
        Access access = world.access("guest", "right", ears);
        access.bind("guest");
        assertThat(access.may(Action.PUBLISH, "t/guest")).isTrue();
        return access;
    }

    private void entry(String name, String ruleSet, List<String> clientIds, Optional<Instant> until) {
        Principal principal = new Principal(Principal.Kind.DEVICE, Organisation.DEFAULT, name);
        world.books.put(new Entry(principal, "right", ruleSet, clientIds, until));
    }

    private void registered(String device) {
        world.table.handleEvent(
                BusEvents.wrap(new DeviceChanged(DeviceChanged.Kind.CHANGED, new DeviceId(device), NOON)));
    }

    /** Whatever was told before is heard when this returns. */
    private void flush() {
        Ears last = new Ears();
        world.books.put(Principal.Kind.DEVICE, GateWorld.THERE, "last", "right");
        Access access = world.access("last@" + GateWorld.THERE, "right", last);
        access.bind("last");
        entry("unused", "device", List.of(), Optional.empty());
        world.books.put(new Entry(access.principal(), "right", "gone", List.of("last"), Optional.empty()));
        world.table.changed("credential:" + GateWorld.THERE + "/last");
        await().until(() -> !last.heard.isEmpty());
    }
}
