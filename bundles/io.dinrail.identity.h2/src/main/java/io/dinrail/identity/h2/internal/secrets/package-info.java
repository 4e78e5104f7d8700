/** The secrets folder, the master key in it, and what is sealed and hashed under it. */
@NullMarked
package io.dinrail.identity.h2.internal.secrets;

import org.jspecify.annotations.NullMarked;
