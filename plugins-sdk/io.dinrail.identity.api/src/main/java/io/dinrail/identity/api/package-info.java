/**
 * Who may connect and what each may do: one decision point for every way in. {@link io.dinrail.identity.api.Identity} and
 * {@link io.dinrail.identity.api.Access} answer from memory and never block. Everything else is administration: it blocks briefly on the store,
 * names who asked for it ({@link io.dinrail.identity.api.Actor}) and leaves an entry in the audit log.
 */
@Export
@Version("2.0.0")
@NullMarked
package io.dinrail.identity.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
