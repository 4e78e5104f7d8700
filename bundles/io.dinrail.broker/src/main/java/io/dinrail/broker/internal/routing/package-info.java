/**
 * Who gets a message: the subscriptions, the shared groups and the retained messages of one organisation, found by topic. Every structure is an
 * immutable tree behind one volatile root: readers on any thread see one state of the whole and never wait, writers take turns. Topics and filters
 * come checked; nothing here parses {@code $share} or refuses a wildcard in a topic name.
 */
@NullMarked
package io.dinrail.broker.internal.routing;

import org.jspecify.annotations.NullMarked;
