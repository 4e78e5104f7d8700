package io.dinrail.broker.internal.protocol;

/**
 * One pair of strings that the application chose.
 *
 * @param name the name; may occur more than once.
 * @param value the value.
 */
public record UserProperty(String name, String value) {}
