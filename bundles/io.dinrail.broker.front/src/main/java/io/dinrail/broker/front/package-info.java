/**
 * What stands in front of every engine of the broker: the one file of settings, the counting of what is refused or lost, the platform's own listeners and what the bus hears.
 * Each engine's bundle has it inside.
 */
@NullMarked
package io.dinrail.broker.front;

import org.jspecify.annotations.NullMarked;
