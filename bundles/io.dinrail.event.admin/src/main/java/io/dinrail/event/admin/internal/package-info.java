/**
 * The bus: numbers readings, keeps the newest in the journal's ring, feeds named consumers and tells Event Admin. Producers number and append on
 * their own threads; each consumer has the thread {@code dinrail-feed-NAME}.
 */
@NullMarked
package io.dinrail.event.admin.internal;

import org.jspecify.annotations.NullMarked;
