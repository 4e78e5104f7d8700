/** Who is there and who gets in: organisations, credentials, people, and the access that each connection has. */
@NullMarked
package io.dinrail.identity.h2.internal.login;

import org.jspecify.annotations.NullMarked;
