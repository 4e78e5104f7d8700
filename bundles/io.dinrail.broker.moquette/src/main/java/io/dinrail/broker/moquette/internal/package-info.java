/** The broker: listeners, the guard in front of Moquette, and the service that the platform sees. */
@NullMarked
package io.dinrail.broker.moquette.internal;

import org.jspecify.annotations.NullMarked;
