/**
 * A Modbus slave that lies, for tests of whatever speaks to one. It is no model of a good slave: test that against somebody else's. Each connection is
 * served by a thread of its own, which ends with the slave.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.dinrail.testkit.modbus;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
