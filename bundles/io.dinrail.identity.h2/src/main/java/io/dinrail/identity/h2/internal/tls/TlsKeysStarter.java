package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.ServerKeys;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the server's keys once they are there. By hand and on a thread of its own: finding the host's names may take seconds, and without
 * keys there must be no service.
 */
@Component(
        immediate = true,
        service = {})
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"io.dinrail.identity.api.ServerKeys\"",
        uses = ServerKeys.class)
public final class TlsKeysStarter {
    private static final Logger LOG = LoggerFactory.getLogger(TlsKeysStarter.class);
    private static final long PATIENCE_MS = 4_000;
    private static final long LOOK_EVERY_MS = 10_000;

    private final BundleContext bundle;
    private final OwnAuthority authority;
    private final ClientTrust trust;
    private final ScheduledExecutorService thread;
    private @Nullable ServiceRegistration<ServerKeys> registration;
    private boolean stopped;

    /** Starts making or loading the keys. */
    @Activate
    public TlsKeysStarter(BundleContext bundle, @Reference OwnAuthority authority, @Reference ClientTrust trust) {
        this.bundle = bundle;
        this.authority = authority;
        this.trust = trust;
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "dinrail-identity-keys");
            made.setDaemon(true);
            return made;
        });
        thread.execute(this::open);
    }

    /** Takes the service back. */
    @Deactivate
    public void stop() throws InterruptedException {
        withdraw().ifPresent(ServiceRegistration::unregister);
        thread.shutdownNow();
        if (!thread.awaitTermination(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
            LOG.warn("the thread dinrail-identity-keys has not ended yet");
        }
    }

    private void open() {
        try {
            TlsKeys keys =
                    TlsKeys.open(SecretsFolder.of(bundle), Clock.systemUTC(), LocalNames::find, authority, trust);
            thread.scheduleWithFixedDelay(() -> look(keys), LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            register(keys);
        } catch (SecretsException e) {
            LOG.error("no TLS until this is mended: {}", e.getMessage());
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped before the keys were there");
        }
    }

    /** What nobody foresaw must not end the looking. */
    private static void look(TlsKeys keys) {
        try {
            keys.look();
        } catch (RuntimeException e) {
            LOG.error("the certificates could not be looked after, the next try follows", e);
        }
    }

    /** Registers without holding a lock, because who waits for the keys starts within the call. */
    private void register(ServerKeys keys) {
        if (isStopped()) {
            return;
        }
        ServiceRegistration<ServerKeys> made = bundle.registerService(ServerKeys.class, keys, null);
        if (!keep(made)) {
            made.unregister();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized boolean keep(ServiceRegistration<ServerKeys> made) {
        if (!stopped) {
            registration = made;
        }
        return !stopped;
    }

    private synchronized Optional<ServiceRegistration<ServerKeys>> withdraw() {
        stopped = true;
        return Optional.ofNullable(registration);
    }
}
