/**
 * Commands to devices: their router, and the targets that carry them out. A target is called on the router's thread and hands the
 * work to its own.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.dinrail.command.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
