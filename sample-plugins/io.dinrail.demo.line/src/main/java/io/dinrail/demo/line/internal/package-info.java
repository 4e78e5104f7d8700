/** The demo plant: connects the simulators, adds a rule and tells what happens. */
@NullMarked
package io.dinrail.demo.line.internal;

import org.jspecify.annotations.NullMarked;
