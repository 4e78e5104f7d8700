package io.dinrail.southbound.internal;

import io.dinrail.model.api.Reading;
import java.util.concurrent.CompletableFuture;

/**
 * A read that somebody asked for.
 *
 * @param tag what.
 * @param result what was read.
 */
record ReadRequest(TagState tag, CompletableFuture<Reading> result) {}
