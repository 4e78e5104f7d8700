/**
 * The register of devices: answered from memory, kept in H2. Event handlers touch memory only; one thread, {@code dinrail-devices}, stores the devices
 * that were heard of.
 */
@NullMarked
package io.dinrail.device.h2.internal;

import org.jspecify.annotations.NullMarked;
