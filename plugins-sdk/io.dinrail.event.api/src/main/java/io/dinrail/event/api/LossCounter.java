package io.dinrail.event.api;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Shows what a component lost, refused or shed: register it as a service, and the platform's status lists its counters. */
@ConsumerType
public interface LossCounter {
    /**
     * The counters now; answers from memory, safe for use by many threads.
     *
     * @return how much was lost since the component started, by cause such as {@code telemetry.malformed}: what, a dot, why. Causes that did not
     *     happen are absent, or zero.
     */
    Map<String, Long> losses();
}
