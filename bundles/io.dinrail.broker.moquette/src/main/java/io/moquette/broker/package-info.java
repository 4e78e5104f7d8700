/**
 * Moquette's own package, extended from inside this bundle. Its {@code Server} opens its sockets itself, on one address for all, and offers no way to look
 * at a packet before the engine does; what it is made of can be put together otherwise, but is visible in this package only. These classes do that and
 * mend what the engine loses; nothing else lives here.
 */
@NullMarked
package io.moquette.broker;

import org.jspecify.annotations.NullMarked;
