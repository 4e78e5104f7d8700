/**
 * Two faces: what a third party implements to talk to its devices (the southbound SPI), and what the host shows of it.
 * A connector is called from one thread at a time, its own.
 * <p>
 * Since 1.1: lanes, a meter and a folder for each instance, browsing, certificates of peers, methods, alarms, history filled in after an outage.
 * <p>
 * Since 1.2: lanes tell how long a silent one takes, and a read may be left for later while others wait.
 */
@Export
@Version("1.2.0")
@NullMarked
package io.dinrail.connector.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
