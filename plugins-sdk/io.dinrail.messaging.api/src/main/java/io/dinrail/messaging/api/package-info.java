/**
 * The MQTT broker as the platform's own bundles see it, whichever engine is installed. Listeners run on the broker's threads and
 * never block.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.dinrail.messaging.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
