package io.dinrail.boot.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Waits for the services whose providers register them only while they serve. They are known by name, so that this bundle
 * depends on no contract and stays as it is when one changes.
 */
final class Serving {
    private static final List<String> LATE = List.of("io.dinrail.messaging.api.MessageBroker");

    private final BundleContext context;

    Serving(BundleContext context) {
        this.context = context;
    }

    void await() throws InterruptedException {
        for (String service : LATE) {
            if (Stream.of(context.getBundles()).anyMatch(bundle -> provides(bundle, service))) {
                awaitService(service);
            }
        }
    }

    private void awaitService(String service) throws InterruptedException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, service, null);
        tracker.open(true);
        try {
            tracker.waitForService(0);
        } finally {
            tracker.close();
        }
    }

    private static boolean provides(Bundle bundle, String service) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && revision.getDeclaredCapabilities("osgi.service").stream()
                        .map(capability -> capability.getAttributes().get("objectClass"))
                        .anyMatch(names -> names instanceof List<?> list
                                ? list.contains(service)
                                : names != null
                                        && Arrays.asList(names.toString().split(","))
                                                .contains(service));
    }
}
