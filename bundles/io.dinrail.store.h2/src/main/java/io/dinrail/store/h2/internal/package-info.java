/**
 * The embedded store: one H2 file that all bundles share, a schema for each of them. Opening, migrating and closing happen on the thread
 * {@code dinrail-store}; connections are handed out on the caller's.
 */
@NullMarked
package io.dinrail.store.h2.internal;

import org.jspecify.annotations.NullMarked;
