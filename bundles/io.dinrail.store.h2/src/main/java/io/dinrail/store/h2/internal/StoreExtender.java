package io.dinrail.store.h2.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every bundle with the header {@code Dinrail-Schema} its schema, as a data source with the property {@code dinrail.schema}. */
@Component(service = {})
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"javax.sql.DataSource\"")
public final class StoreExtender implements BundleTrackerCustomizer<Tenant> {
    private static final Logger LOG = LoggerFactory.getLogger(StoreExtender.class);
    private static final Duration PATIENCE = Duration.ofMillis(4_500);
    /** Stopping is among them, so that a bundle that is stopped and started keeps its data source. */
    private static final int USABLE = Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    private final BundleContext context;
    private final StoreThread thread;
    private final BundleTracker<Tenant> tracker;

    @Activate
    public StoreExtender(BundleContext context) {
        this.context = context;
        thread = new StoreThread(folder(context));
        tracker = new BundleTracker<>(context, USABLE, this);
        thread.start();
        tracker.open();
    }

    @Deactivate
    public void deactivate() {
        tracker.close();
        if (!thread.end(PATIENCE)) {
            LOG.warn(
                    "The store is still closing after {} ms; the next start recovers it if it doesn't end.",
                    PATIENCE.toMillis());
        }
    }

    private static Path folder(BundleContext context) {
        String data = Optional.ofNullable(context.getProperty("dinrail.data")).orElse("data");
        return Path.of(data, "store").toAbsolutePath().normalize();
    }

    @Override
    public @Nullable Tenant addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        return SchemaBundle.schema(bundle)
                .map(schema -> {
                    Tenant tenant = new Tenant(context, bundle, schema);
                    thread.serve(tenant);
                    return tenant;
                })
                .orElse(null);
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, Tenant tenant) {}

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Tenant tenant) {
        thread.forget(tenant);
        tenant.dismiss();
    }
}
