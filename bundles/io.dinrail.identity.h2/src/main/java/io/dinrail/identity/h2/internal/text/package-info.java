/** Text of strangers where people read it; needs nothing of identity, so that all of it may use this. */
@NullMarked
package io.dinrail.identity.h2.internal.text;

import org.jspecify.annotations.NullMarked;
