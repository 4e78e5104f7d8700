package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.Audience;
import io.dinrail.broker.front.BrokerConfig;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Offices;
import io.dinrail.broker.front.Settings;
import io.dinrail.broker.front.Threads;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.CredentialChanged;
import io.dinrail.event.api.Topics;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.ServerKeys;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.MessageListener;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
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
public final class MoquetteBroker implements EventHandler {
    private static final int MS_TO_LOOK_AGAIN = 500;

    private final Audience audience;
    private final Runner runner;
    private final ScheduledThreadPoolExecutor revoker =
            new ScheduledThreadPoolExecutor(1, task -> Threads.daemon("dinrail-broker-revoke", task));

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
    public MoquetteBroker(
            BundleContext context,
            BrokerConfig config,
            @Reference Identity identity,
            @Reference Credentials credentials,
            @Reference Organisations organisations,
            @Reference ServerKeys keys,
            @Reference EventAdmin bus) {
        Settings settings = Settings.of(config, context::getProperty);
        Losses losses = new Losses(Clock.systemUTC());
        this.audience = new Audience(losses);
        Offices offices = new Offices(
                login -> credentials.find(login).map(Credential::createdAt),
                id -> organisations
                        .find(id)
                        .filter(Organisation::closesOnRefusedPublish)
                        .isPresent());
        this.runner = new Runner(
                new Runner.Parts(settings, identity, offices, keys, bus, audience, losses, Clock.systemUTC()),
                engine -> {
                    ServiceRegistration<MessageBroker> service =
                            context.registerService(MessageBroker.class, engine, null);
                    return service::unregister;
                });
        runner.start();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(MessageListener listener, Map<String, Object> properties) {
        audience.add(listener, properties.getOrDefault(MessageListener.FILTER, ""));
    }

    void unbindListener(MessageListener listener) {
        audience.remove(listener);
    }

    /** Looks twice: a client that is being thrown out leaves its session behind after the first time. */
    @Override
    public void handleEvent(Event event) {
        BusEvents.unwrap(event, CredentialChanged.class).ifPresent(change -> {
            Runnable revoke = () -> runner.serving().ifPresent(engine -> engine.revoke(change.name()));
            revoker.execute(revoke);
            revoker.schedule(revoke, MS_TO_LOOK_AGAIN, TimeUnit.MILLISECONDS);
        });
    }

    @Deactivate
    void stop() {
        revoker.shutdownNow();
        runner.close();
    }
}
