package io.dinrail.identity.api;

/**
 * A decision and its reason.
 *
 * @param allowed whether it may be done.
 * @param reason the rule that decided, such as {@code device: publish telemetry/press-1/#}, or that none did.
 */
public record Decision(boolean allowed, String reason) {}
