/**
 * The bus: typed events over Event Admin, the intake that readings enter by, and the feed that hands them on. Handlers run on
 * the publisher's thread and only update memory or offer to a queue; feed consumers have a thread each.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.dinrail.event.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
