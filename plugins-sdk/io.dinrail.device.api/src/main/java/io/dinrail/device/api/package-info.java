/**
 * The register of devices. Look-ups are answered from memory; changes block briefly on the store.
 */
@Export
@Version("2.0.0")
@NullMarked
package io.dinrail.device.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
