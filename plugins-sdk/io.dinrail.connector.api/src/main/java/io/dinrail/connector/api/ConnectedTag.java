package io.dinrail.connector.api;

/**
 * A tag and the connector that serves it.
 *
 * @param connector the connector's name.
 * @param spec the row of the tags file.
 */
public record ConnectedTag(String connector, TagSpec spec) {}
