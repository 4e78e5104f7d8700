package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKey.Permission;
import io.dinrail.identity.h2.internal.rules.ChannelPattern;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A row becomes a key; a damaged one becomes a key that can be listed and deleted, and signs nothing. */
final class KeyRow {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRow.class);

    private KeyRow() {}

    static LiveKey read(ResultSet row, List<SigningSecret> secrets) throws SQLException {
        String id = row.getString(1);
        try {
            List<String> patterns = row.getString(4).lines().toList();
            return of(key(row, patterns, PermissionText.split(row.getString(5))), secrets);
        } catch (IllegalArgumentException e) {
            LOG.error("key {} is damaged in the store and signs nothing: delete it and make another", id);
            return new LiveKey(key(row, List.of(), Set.of()), List.of(), List.of());
        }
    }

    /** @throws IllegalArgumentException if a pattern is none. */
    static LiveKey of(ApiKey key, List<SigningSecret> secrets) {
        return new LiveKey(
                key, key.patterns().stream().map(ChannelPattern::parse).toList(), secrets);
    }

    private static ApiKey key(ResultSet row, List<String> patterns, Set<Permission> actions) throws SQLException {
        return new ApiKey(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                patterns,
                actions,
                row.getString(6).lines().toList(),
                row.getBoolean(7),
                row.getObject(8, Instant.class),
                Optional.ofNullable(row.getObject(9, Instant.class)),
                warnings(patterns));
    }

    static List<String> warnings(List<String> patterns) {
        return patterns.stream()
                .map(ChannelPattern::parse)
                .flatMap(pattern -> pattern.warning().stream())
                .toList();
    }
}
