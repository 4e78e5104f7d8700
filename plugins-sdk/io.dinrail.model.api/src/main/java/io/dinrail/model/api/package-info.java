/**
 * The values that everything else is made of. All types are immutable and safe for use by many threads.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.dinrail.model.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
