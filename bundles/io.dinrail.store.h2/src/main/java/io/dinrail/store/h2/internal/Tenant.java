package io.dinrail.store.h2.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bundle that has a schema in the store; served on the store's thread, dismissed on any. */
final class Tenant {
    static final String SCHEMA = "dinrail.schema";

    private static final Logger LOG = LoggerFactory.getLogger(Tenant.class);

    private final BundleContext store;
    private final Bundle bundle;
    private final String schema;
    private final AtomicReference<@Nullable ServiceRegistration<DataSource>> registration = new AtomicReference<>();
    private volatile boolean gone;

    Tenant(BundleContext store, Bundle bundle, String schema) {
        this.store = store;
        this.bundle = bundle;
        this.schema = schema;
    }

    /**
     * Migrates the schema and registers its data source; a schema that cannot be migrated is reported and left out.
     *
     * @throws IOException if the bundle cannot be read.
     * @throws SQLException if the database fails; try again later.
     */
    void serve(DatabaseFile database) throws IOException, SQLException {
        try {
            List<Script> scripts = SchemaBundle.scripts(bundle, schema);
            int ran = Migrator.migrate(database, schema, scripts);
            LOG.debug("schema {} of {} is ready, {} scripts ran", schema, this, ran);
            register(database);
        } catch (MigrationException e) {
            LOG.error("The schema '{}' of bundle {} is not available: {}.", schema, this, e.getMessage());
        }
    }

    private void register(DatabaseFile database) {
        if (gone) {
            return;
        }
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(SCHEMA, schema);
        registration.set(store.registerService(DataSource.class, new SchemaDataSource(database, schema), properties));
        // The bundle may have left in between; whoever comes second takes the service away.
        if (gone) {
            unregister();
        }
    }

    /** Takes the data source away; its users are told before this returns. */
    void dismiss() {
        gone = true;
        unregister();
    }

    boolean isGone() {
        return gone;
    }

    private void unregister() {
        ServiceRegistration<DataSource> registered = registration.getAndSet(null);
        if (registered != null) {
            registered.unregister();
        }
    }

    @Override
    public String toString() {
        return bundle.getSymbolicName();
    }
}
