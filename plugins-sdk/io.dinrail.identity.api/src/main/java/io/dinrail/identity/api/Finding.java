package io.dinrail.identity.api;

/**
 * Something about a document.
 *
 * @param error whether it can't be imported for this.
 * @param place where, such as {@code rules[3].topic}; or {@code line 4, column 7} where it isn't JSON.
 * @param message one sentence.
 */
public record Finding(boolean error, String place, String message) {}
