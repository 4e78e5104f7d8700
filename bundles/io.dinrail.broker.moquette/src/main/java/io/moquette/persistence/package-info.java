/** Moquette's own package, extended by the one door that it keeps closed. */
@NullMarked
package io.moquette.persistence;

import org.jspecify.annotations.NullMarked;
