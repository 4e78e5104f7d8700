package io.dinrail.messaging.bridge.internal;

import io.dinrail.event.api.LossCounter;
import io.dinrail.identity.api.Enrolment;
import io.dinrail.identity.api.Enrolment.Enrolled;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.json.api.JsonException;
import io.dinrail.json.api.JsonObject;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.MessageListener;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes enrolment codes for credentials: hears {@code _system/enrolment/{name}/request} and answers on {@code …/answer}. Up to 100 requests wait; the next are
 * lost and counted. Neither codes nor answers are ever logged.
 */
@Component(
        immediate = true,
        service = {MessageListener.class, LossCounter.class},
        property = MessageListener.FILTER + "=" + EnrolmentRequest.FILTER)
public final class EnrolmentDesk implements MessageListener, LossCounter {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentDesk.class);
    private static final int MOST = 100;

    private final Enrolment enrolment;
    private final BrokerSlot broker = new BrokerSlot();
    private final BlockingQueue<EnrolmentRequest> waiting = new ArrayBlockingQueue<>(MOST);
    private final LossTally losses;
    private final Worker worker;

    @Activate
    public EnrolmentDesk(@Reference Enrolment enrolment) {
        this(enrolment, Clock.systemUTC());
    }

    EnrolmentDesk(Enrolment enrolment, Clock clock) {
        this.enrolment = enrolment;
        this.losses = new LossTally(clock);
        this.worker = new Worker("dinrail-enrolment", this::serveNext);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindBroker(MessageBroker arrived) {
        broker.put(arrived);
    }

    void unbindBroker(MessageBroker gone) {
        broker.remove(gone);
    }

    @Deactivate
    void stop() {
        worker.stop();
    }

    @Override
    public void heard(Message message, String sender, Instant at) {
        EnrolmentRequest request = EnrolmentRequest.of(message);
        if (!request.name().equals(sender)) { // its rules let it ask for nobody else; this is the second lock
            losses.count("enrolment.foreign", sender);
        } else if (!waiting.offer(request) && losses.count("enrolment.dropped", sender)) {
            LOG.warn("{}: its request for a credential is lost: {} wait; it may ask again", sender, MOST);
        }
    }

    @Override
    public Map<String, Long> losses() {
        return losses.counts();
    }

    private void serveNext() throws InterruptedException {
        EnrolmentRequest request = waiting.take();
        int heardBy = broker.publish(request.answer(answer(request)));
        if (heardBy == 0 && losses.count("enrolment.unheard", request.name())) {
            LOG.warn(
                    "{}: nobody heard the answer to its request for a credential: if it has none now, revoke the"
                            + " credential of that name and open the enrolment again",
                    request.name());
        }
    }

    private JsonObject answer(EnrolmentRequest request) {
        try {
            EnrolmentRequest.Asked asked = request.read();
            Enrolled enrolled = enrolment.redeem(from(request.name()), request.name(), asked.code(), asked.csr());
            JsonObject answer = new JsonObject()
                    .put("username", enrolled.issued().credential().name());
            return enrolled.certificate()
                    .map(certificate -> answer.put("certificate", certificate))
                    .orElseGet(() -> answer.put("password", enrolled.issued().secret()));
        } catch (JsonException e) {
            return refusal("malformed", "the request is no JSON object with a code: {\"code\": \"enr_...\"}");
        } catch (IdentityException e) {
            return refusal(e.reason().name().toLowerCase(Locale.ROOT), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // what it says may quote the request
            losses.count("enrolment.failed", request.name());
            LOG.error("{}: its request for a credential failed at {}", request.name(), e.getClass());
            return refusal("failed", "the request could not be looked at: ask for another code");
        }
    }

    private static JsonObject refusal(String code, String message) {
        return new JsonObject().put("error", code).put("message", message);
    }

    private String from(String name) {
        return broker.now().stream()
                .flatMap(now -> now.sessions().stream())
                .filter(session -> session.username().equals(name))
                .map(session -> "mqtt " + session.address())
                .findAny()
                .orElse("mqtt");
    }
}
