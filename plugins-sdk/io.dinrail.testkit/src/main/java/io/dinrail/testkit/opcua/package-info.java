/**
 * A front that makes any OPC UA server misbehave, for tests of whatever speaks to one. It needs no OPC UA library: it passes on what a real server answers, and
 * spoils what it is told to. Header and transport can be spoilt with every security; what stands inside of a message only where it isn't encrypted or
 * signed. Each connection is served by two threads of its own, which end with the front.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.dinrail.testkit.opcua;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
