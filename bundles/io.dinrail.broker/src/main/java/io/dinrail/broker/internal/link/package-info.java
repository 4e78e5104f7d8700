/**
 * The seam between the network and the sessions: the transport makes links and feeds their handlers; neither side knows the other's classes.
 */
@NullMarked
package io.dinrail.broker.internal.link;

import org.jspecify.annotations.NullMarked;
