/**
 * What stands around the platform: who may log in, how one command is run from outside, and when it is ready.
 *
 * <p>Threads: {@code dinrail-startup} until the platform is ready, one {@code dinrail-exec} for each running command of a
 * remote login.
 */
@NullMarked
package io.dinrail.boot.internal;

import org.jspecify.annotations.NullMarked;
