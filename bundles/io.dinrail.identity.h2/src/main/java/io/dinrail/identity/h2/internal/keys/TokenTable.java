package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.Tokens.TemporaryToken;
import io.dinrail.identity.h2.internal.keys.LiveToken.Password;
import io.dinrail.identity.h2.internal.keys.LiveToken.PreviousPassword;
import io.dinrail.json.api.JsonException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of temporary tokens. */
final class TokenTable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenTable.class);

    private final Store store;

    TokenTable(DataSource store) {
        this.store = new Store(store);
    }

    List<LiveToken> all() throws SQLException {
        return store.with(connection -> {
            List<LiveToken> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select id, organisation, identity, name,"
                            + " rule_set, expires_at, claims, life_seconds, digest, previous_digest, previous_until,"
                            + " previous_ends_at from temporary_token");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    read(row).ifPresent(found::add);
                }
            }
            return found;
        });
    }

    /** In the place of those it replaces. */
    void insert(LiveToken live, List<LiveToken> replaced) throws SQLException {
        TemporaryToken token = live.token();
        store.inOne(connection -> {
            delete(connection, replaced);
            Store.update(
                    connection,
                    "insert into temporary_token (id, organisation, identity, name, rule_set, claims, life_seconds,"
                            + " digest, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    token.id(),
                    token.organisation(),
                    token.identity(),
                    token.name(),
                    token.ruleSet(),
                    ClaimsText.write(live.claims()),
                    live.life().toSeconds(),
                    live.password().digest(),
                    token.expiresAt());
        });
    }

    void refresh(LiveToken live, PreviousPassword previous) throws SQLException {
        store.inOne(connection -> Store.update(
                connection,
                "update temporary_token set digest = ?, previous_digest = ?, previous_until = ?,"
                        + " previous_ends_at = ?, expires_at = ? where id = ?",
                live.password().digest(),
                previous.password().digest(),
                previous.until(),
                previous.endsAt(),
                live.token().expiresAt(),
                live.id()));
    }

    void delete(List<LiveToken> tokens) throws SQLException {
        store.inOne(connection -> delete(connection, tokens));
    }

    private static void delete(Connection connection, List<LiveToken> tokens) throws SQLException {
        for (LiveToken token : tokens) {
            Store.update(connection, "delete from temporary_token where id = ?", token.id());
        }
    }

    private static Optional<LiveToken> read(ResultSet row) throws SQLException {
        TemporaryToken token = new TemporaryToken(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, Instant.class));
        try {
            Map<String, String> claims = ClaimsText.read(row.getString(7));
            Duration life = Duration.ofSeconds(row.getLong(8));
            return Optional.of(new LiveToken(token, claims, life, new Password(row.getBytes(9)), previous(row)));
        } catch (JsonException e) {
            LOG.error("token {} is damaged in the store and lets nobody in: make another", token.id());
            return Optional.empty();
        }
    }

    private static Optional<PreviousPassword> previous(ResultSet row) throws SQLException {
        byte[] digest = row.getBytes(10);
        return digest == null
                ? Optional.empty()
                : Optional.of(new PreviousPassword(
                        new Password(digest), row.getObject(11, Instant.class), row.getObject(12, Instant.class)));
    }
}
