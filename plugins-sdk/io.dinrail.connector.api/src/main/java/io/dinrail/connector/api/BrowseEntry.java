package io.dinrail.connector.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing that a device shows of itself.
 *
 * @param id what {@link Connector#browse} takes to look beneath it, and where it can be a tag, the column {@code address} as well.
 * @param name what the device calls it.
 * @param kind one of the protocol's words, such as {@code object}, {@code variable}, {@code method}.
 * @param type the tag's type for the column {@code type}; empty where it has none.
 * @param access who may do what with its value; empty where it has none.
 * @param hasChildren whether there is more beneath it.
 */
public record BrowseEntry(
        String id, String name, String kind, String type, Optional<TagSpec.Access> access, boolean hasChildren) {
    public BrowseEntry {
        requireNonNull(id);
        requireNonNull(name);
        requireNonNull(kind);
        requireNonNull(type);
        requireNonNull(access);
    }
}
