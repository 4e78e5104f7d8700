/**
 * Tag values as JSON text (RFC 8259) and back. Stateless; safe for use by many threads.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.dinrail.json.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
