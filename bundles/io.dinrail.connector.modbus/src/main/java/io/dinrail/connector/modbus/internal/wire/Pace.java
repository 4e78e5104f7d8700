package io.dinrail.connector.modbus.internal.wire;

import java.time.Duration;

/**
 * How a device wants to be spoken to.
 *
 * @param requestGap the pause between an answer and the next request.
 * @param connectDelay the pause between connecting and the first request.
 * @param idleClose after how long without a request the connection is closed until the next; zero for never.
 */
public record Pace(Duration requestGap, Duration connectDelay, Duration idleClose) {}
