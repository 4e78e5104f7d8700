/**
 * The commands of scope {@code dinrail}. A command looks up what it needs when it runs, so that every command is there whatever is installed. Karaf runs
 * each on its caller's thread.
 */
@NullMarked
package io.dinrail.shell.internal;

import org.jspecify.annotations.NullMarked;
