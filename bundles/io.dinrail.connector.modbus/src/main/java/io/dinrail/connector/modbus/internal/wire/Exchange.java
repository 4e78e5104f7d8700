package io.dinrail.connector.modbus.internal.wire;

/**
 * A request on its way to a unit.
 *
 * @param transaction the number that its answer carries, where the framing has one.
 * @param unit whom it asks.
 * @param request what it asks.
 * @param sentAt of {@link System#nanoTime()}.
 * @param deadline of {@link System#nanoTime()}; an answer after it is late.
 */
public record Exchange(int transaction, int unit, Request request, long sentAt, long deadline) {}
