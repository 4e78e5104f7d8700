/** The broker as the platform sees it: settings, store, sessions and network put together, and offered as a service while they serve. */
@NullMarked
package io.dinrail.broker.internal;

import org.jspecify.annotations.NullMarked;
