package io.dinrail.messaging.bridge.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Enrolment;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.api.Principal;
import io.dinrail.messaging.api.Message;
import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnrolmentDeskTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final FakeBroker broker = new FakeBroker();
    private final Codes codes = new Codes();
    private final EnrolmentDesk desk = new EnrolmentDesk(codes, new ManualClock(NOON));

    EnrolmentDeskTest() {
        desk.bindBroker(broker);
    }

    @AfterEach
    void stop() {
        desk.stop();
    }

    private void ask(String name, String payload, String sender) {
        desk.heard(
                new Message("_system/enrolment/" + name + "/request", payload.getBytes(UTF_8), 1, false), sender, NOON);
    }

    private String answer() {
        await().until(() -> !broker.payloads().isEmpty());
        assertThat(broker.topics()).containsExactly("_system/enrolment/press-9/answer");
        return broker.payloads().get(0);
    }

    @Test
    void aCodeIsChangedForAPassword() {
        ask("press-9", "{\"code\": \"enr_good\"}", "press-9");
        assertThat(answer()).isEqualTo("{\"username\":\"press-9\",\"password\":\"s3cret\"}");
        assertThat(codes.asked).containsExactly("mqtt 10.0.0.9:4711 press-9 enr_good ");
    }

    @Test
    void noAnswerWaitsInTheSessionOfAClientThatLeft() {
        ask("press-9", "{\"code\": \"enr_good\"}", "press-9");
        answer();
        assertThat(broker.qualities()).containsExactly(0);
    }

    @Test
    void aCodeAndARequestAreChangedForACertificate() {
        ask("press-9", "{\"code\": \"enr_good\", \"csr\": \"PEM\"}", "press-9");
        assertThat(answer()).isEqualTo("{\"username\":\"press-9\",\"certificate\":\"CERTIFICATE\"}");
    }

    @Test
    void aWrongCodeIsAnsweredWithAReasonAndASentence() {
        ask("press-9", "{\"code\": \"enr_bad\"}", "press-9");
        assertThat(answer()).isEqualTo("{\"error\":\"unknown\",\"message\":\"this code does not work\"}");
    }

    @Test
    void whatIsNoRequestIsAnsweredToo() {
        ask("press-9", "[enr_good", "press-9");
        assertThat(answer()).startsWith("{\"error\":\"malformed\"").doesNotContain("enr_good");
    }

    @Test
    void nobodyAsksForSomebodyElse() {
        ask("press-9", "{\"code\": \"enr_good\"}", "press-8");
        ask("press-9", "{\"code\": \"enr_good\"}", "press-9");
        answer();
        assertThat(codes.asked).hasSize(1);
        assertThat(desk.losses()).containsEntry("enrolment.foreign", 1L);
    }

    @Test
    void anAnswerThatNobodyHearsIsCounted() {
        broker.sessions = 0;
        ask("press-9", "{\"code\": \"enr_good\"}", "press-9");
        await().untilAsserted(() -> assertThat(desk.losses()).containsEntry("enrolment.unheard", 1L));
    }

    @Test
    void requestsWaitUpToABound() throws InterruptedException {
        codes.busy = new CountDownLatch(1);
        for (int i = 0; i < 110; i++) {
            ask("press-9", "{\"code\": \"enr_good\"}", "press-9");
        }
        assertThat(desk.losses().get("enrolment.dropped")).isBetween(9L, 10L);
        codes.busy.countDown();
    }

    /** One good code. */
    private static final class Codes implements Enrolment {
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch busy = new CountDownLatch(0);

        @Override
        public String open(Actor by, String login, String ruleSet, Duration life) {
            return "enr_good";
        }

        @Override
        public Enrolled redeem(String from, String login, String code, Optional<String> csr) throws IdentityException {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            asked.add(from + " " + login + " " + code + " " + csr.orElse(""));
            if (!code.equals("enr_good")) {
                throw new IdentityException(IdentityException.Reason.UNKNOWN, "this code does not work");
            }
            Issued issued = new Issued(
                    KnownCredentials.credential(Principal.Kind.DEVICE, login), csr.isPresent() ? "" : "s3cret");
            return new Enrolled(issued, csr.map(request -> "CERTIFICATE"));
        }

        @Override
        public void cancel(Actor by, String login) {}

        @Override
        public List<OpenEnrolment> list() {
            return List.of();
        }
    }
}
