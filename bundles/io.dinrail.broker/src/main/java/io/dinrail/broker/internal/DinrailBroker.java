package io.dinrail.broker.internal;

import io.dinrail.broker.front.BrokerConfig;
import io.dinrail.broker.front.House;
import io.dinrail.broker.front.Parts;
import io.dinrail.broker.front.Settings;
import io.dinrail.event.api.Topics;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.ServerKeys;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.MessageListener;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.service.metatype.annotations.Designate;

/** The broker as a component: hears of revoked credentials, collects listeners, and offers {@link MessageBroker} while it is serving. */
@Component(
        immediate = true,
        service = EventHandler.class,
        configurationPid = "io.dinrail.broker",
        property = EventConstants.EVENT_TOPIC + "=" + Topics.CREDENTIAL + "REVOKED")
@Designate(ocd = BrokerConfig.class)
public final class DinrailBroker implements EventHandler {
    private final House house;

    /**
     * Starts the broker on a thread of its own.
     *
     * @param context offers the service and knows the platform's properties.
     * @param config the file.
     * @param identity decides.
     * @param credentials know when they were issued.
     * @param organisations know how strict they are.
     * @param keys for TLS.
     * @param bus hears of devices.
     */
    @Activate
    public DinrailBroker(
            BundleContext context,
            BrokerConfig config,
            @Reference Identity identity,
            @Reference Credentials credentials,
            @Reference Organisations organisations,
            @Reference ServerKeys keys,
            @Reference EventAdmin bus) {
        Settings settings = Settings.of(config, context::getProperty);
        Parts parts = Parts.of(settings, identity, credentials, organisations, keys, bus);
        this.house = House.open(context, parts, DinrailEngine::new);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(MessageListener listener, Map<String, Object> properties) {
        house.add(listener, properties.getOrDefault(MessageListener.FILTER, ""));
    }

    void unbindListener(MessageListener listener) {
        house.remove(listener);
    }

    @Override
    public void handleEvent(Event event) {
        house.revoke(event);
    }

    @Deactivate
    void stop() {
        house.close();
    }
}
