package io.dinrail.bench;

import io.dinrail.connector.api.ConnectorType;
import java.nio.file.Path;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the connector of the benchmark. */
public final class BenchActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(ConnectorType.TYPE, "bench");
        Jitter jitter = new Jitter();
        Thread windows =
                new Thread(new Windows(Path.of(System.getProperty("dinrail.bench.folder")), jitter), "bench-windows");
        windows.setDaemon(true);
        windows.start();
        context.registerService(ConnectorType.class, new BenchConnectorType(jitter), properties);
    }

    @Override
    public void stop(BundleContext context) {}
}
