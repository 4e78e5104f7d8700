/** Evaluates rules on the reading feed's thread and keeps what comes of it in the store. */
@NullMarked
package io.dinrail.alert.engine.internal;

import org.jspecify.annotations.NullMarked;
