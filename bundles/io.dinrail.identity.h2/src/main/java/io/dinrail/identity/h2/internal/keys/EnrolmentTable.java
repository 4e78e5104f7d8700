package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.h2.internal.login.LoginName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The rows of open codes. */
final class EnrolmentTable {
    private final Store store;

    EnrolmentTable(DataSource store) {
        this.store = new Store(store);
    }

    List<OpenCode> all() throws SQLException {
        return store.with(connection -> {
            List<OpenCode> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "select organisation, name, rule_set, digest, created_at, expires_at from enrolment");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new OpenCode(
                            new LoginName(row.getString(1), row.getString(2)),
                            row.getString(3),
                            row.getBytes(4),
                            row.getObject(5, Instant.class),
                            row.getObject(6, Instant.class)));
                }
            }
            return found;
        });
    }

    void put(OpenCode code) throws SQLException {
        store.inOne(connection -> Store.update(
                connection,
                "merge into enrolment (organisation, name, rule_set, digest, created_at, expires_at)"
                        + " key (organisation, name) values (?, ?, ?, ?, ?, ?)",
                code.whose().organisation(),
                code.whose().name(),
                code.ruleSet(),
                code.digest(),
                code.createdAt(),
                code.expiresAt()));
    }

    /** Leaves a newer code of the same login alone. */
    void delete(OpenCode code) throws SQLException {
        store.inOne(connection -> Store.update(
                connection,
                "delete from enrolment where organisation = ? and name = ? and digest = ?",
                code.whose().organisation(),
                code.whose().name(),
                code.digest()));
    }
}
