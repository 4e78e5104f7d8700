/**
 * Who may connect and what each may do: one decision point for every way in. Decisions never block; administration does, briefly,
 * on the store.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.dinrail.identity.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
