package io.dinrail.bench;

import io.dinrail.connector.api.ConnectorType;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the connector of the benchmark. */
public final class BenchActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(ConnectorType.TYPE, "bench");
        context.registerService(ConnectorType.class, new BenchConnectorType(), properties);
    }

    @Override
    public void stop(BundleContext context) {}
}
