/**
 * Credentials as keyed hashes in H2, answered from memory; rule sets compiled once; the machine's own CA and server certificate as files in the
 * secrets folder. Logins and decisions never block; one short-lived thread, {@code dinrail-server-keys}, makes or loads the certificates.
 */
@NullMarked
package io.dinrail.identity.h2.internal;

import org.jspecify.annotations.NullMarked;
