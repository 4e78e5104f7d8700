package io.dinrail.messaging.bridge.internal;

import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.LossCounter;
import io.dinrail.event.api.Topics;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import java.time.Clock;
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
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes every change of an alert on {@code alerts/{device}/{severity}}. While the broker is away 1,000 changes wait; the next are lost and counted. */
@Component(
        immediate = true,
        service = {EventHandler.class, LossCounter.class},
        property = EventConstants.EVENT_TOPIC + "=" + Topics.ALERT + "*")
public final class AlertsOut implements EventHandler, LossCounter {
    private static final Logger LOG = LoggerFactory.getLogger(AlertsOut.class);
    private static final String LOST = "mqtt.alerts-not-published";
    private static final int MOST = 1_000;

    private final BrokerSlot broker = new BrokerSlot();
    private final BlockingQueue<AlertChanged> waiting = new ArrayBlockingQueue<>(MOST);
    private final LossTally losses = new LossTally(Clock.systemUTC());
    private final Worker worker = new Worker("dinrail-alerts-out", this::publishNext);

    @Activate
    public AlertsOut() {}

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
        if (!waiting.isEmpty()) {
            LOG.warn(
                    "{} changes of alerts are not published on MQTT: the broker was away until the end; dinrail:alert-list has them",
                    waiting.size());
        }
    }

    @Override
    public void handleEvent(Event event) {
        BusEvents.unwrap(event, AlertChanged.class).ifPresent(this::keep);
    }

    @Override
    public Map<String, Long> losses() {
        return losses.counts();
    }

    private void keep(AlertChanged alert) {
        if (!waiting.offer(alert) && losses.count(LOST)) {
            LOG.warn(
                    "alert {} of {} is not published on MQTT: {} wait for the broker already; dinrail:alert-list has it",
                    alert.id(),
                    alert.tag(),
                    MOST);
        }
    }

    private void publishNext() throws InterruptedException {
        AlertChanged alert = waiting.take();
        String topic = "alerts/" + alert.tag().device() + "/" + alert.severity();
        boolean published = false;
        try {
            broker.publish(new Message(topic, Payloads.alert(alert), 1, false));
            published = true;
        } finally {
            if (!published) {
                losses.count(LOST);
            }
        }
    }
}
