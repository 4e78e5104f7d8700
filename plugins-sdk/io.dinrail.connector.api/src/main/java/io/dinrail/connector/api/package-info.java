/**
 * Two faces: what a third party implements to talk to its devices (the southbound SPI), and what the host shows of it.
 * A connector is called from one thread at a time, its own.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.dinrail.connector.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
