/**
 * The distribution as its users have it: {@link io.dinrail.itests.Platform} is one instance with its own folder, ports and data,
 * started through Pax Exam or through {@code bin/dinrail}. No test uses a fixed port, waits a fixed time or relies on another.
 */
package io.dinrail.itests;
