/** Between the bus and the broker: which topics readings, telemetry, alerts and commands travel on, and what their payloads look like. */
@NullMarked
package io.dinrail.messaging.bridge.internal;

import org.jspecify.annotations.NullMarked;
