/** Certificates: the machine's own CA and server certificate, and those of clients. */
@NullMarked
package io.dinrail.identity.h2.internal.tls;

import org.jspecify.annotations.NullMarked;
