package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Role;
import io.dinrail.identity.h2.internal.secrets.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Reads what is in force; a damaged row becomes a credential that is denied everything, a damaged secret or key is left out. */
final class CredentialLoader {
    /** Larger results H2 writes to a file first, which takes several times as long as reading them. */
    private static final int PAGE = 10_000;

    private static final String SECRETS =
            "select id, credential, form, digest, created_at, valid_until from credential_secret where id > ?";
    private static final String KEYS = "select id, credential, key_text from person_key where id > ?";
    private static final String CREDENTIALS =
            "select id, organisation, name, kind, display_name, rule_set, client_ids, role, disabled, expires_at,"
                    + " created_at, last_used_at from credential where revoked_at is null and id > ?";

    private final Map<Long, KnownCredential> found = new HashMap<>();
    private final Map<Long, List<StoredSecret>> secrets = new HashMap<>();
    private final Map<Long, List<SshKey>> keys = new HashMap<>();
    private final Consumer<String> damage;

    private CredentialLoader(Consumer<String> damage) {
        this.damage = damage;
    }

    /** @param damage hears one sentence for each thing that is damaged. */
    static Collection<KnownCredential> load(DataSource store, Consumer<String> damage) throws SQLException {
        CredentialLoader loader = new CredentialLoader(damage);
        Transaction.run(store, connection -> {
            loader.read(connection, SECRETS, loader::secret);
            loader.read(connection, KEYS, loader::key);
            loader.read(connection, CREDENTIALS, loader::credential);
        });
        return loader.found.values();
    }

    private void secret(ResultSet row) throws SQLException {
        long id = row.getLong(2);
        StoredSecret.Form form =
                named(StoredSecret.Form.class, row.getString(3)).orElse(null);
        byte[] digest = row.getBytes(4);
        if (form == null
                || form == StoredSecret.Form.CHOSEN && Argon2Hash.parse(digest).isEmpty()) {
            damage.accept("a secret of credential number " + id
                    + " is damaged and opens nothing: rotate it, or set the password anew");
            return;
        }
        secrets.computeIfAbsent(id, none -> new ArrayList<>(2))
                .add(new StoredSecret(form, digest, row.getObject(5, Instant.class), instant(row, 6)));
    }

    private void key(ResultSet row) throws SQLException {
        long id = row.getLong(2);
        try {
            keys.computeIfAbsent(id, none -> new ArrayList<>(2)).add(SshKey.parse(row.getString(3)));
        } catch (IllegalArgumentException e) {
            damage.accept("an ssh key of person number " + id + " is damaged and opens nothing: add it anew");
        }
    }

    private void credential(ResultSet row) throws SQLException {
        LoginName login = new LoginName(row.getString(2), row.getString(3));
        Optional<Principal.Kind> kind =
                named(Principal.Kind.class, row.getString(4)).filter(CredentialLoader::canHaveOne);
        Optional<Role> role = Optional.ofNullable(row.getString(8)).flatMap(text -> named(Role.class, text));
        String ruleSet = row.getString(6);
        Terms terms = new Terms(
                kind.orElseGet(() -> Terms.kindOf(ruleSet)),
                row.getString(5),
                ruleSet,
                row.getString(7).lines().filter(OrderCheck::isPattern).toList(),
                role,
                row.getBoolean(9),
                instant(row, 10));
        long id = row.getLong(1);
        found.put(
                id,
                new KnownCredential(
                        id,
                        login,
                        terms,
                        row.getObject(11, Instant.class),
                        secrets.getOrDefault(id, List.of()),
                        keys.getOrDefault(id, List.of()),
                        new LastUse(instant(row, 12)),
                        fault(login, kind, role)));
    }

    private String fault(LoginName login, Optional<Principal.Kind> kind, Optional<Role> role) {
        boolean person = kind.filter(Principal.Kind.PERSON::equals).isPresent();
        String what = !LoginName.isName(login.name()) ? "name" : kind.isEmpty() ? "kind" : "role";
        if (LoginName.isName(login.name()) && kind.isPresent() && person == role.isPresent()) {
            return "";
        }
        String shown = LoginName.isName(login.name()) ? login.login() : "(unreadable)";
        damage.accept("the row of credential " + shown + " is damaged in its " + what
                + ", so it gets in nowhere: revoke it and issue it anew");
        return what;
    }

    private static boolean canHaveOne(Principal.Kind kind) {
        return kind.compareTo(Principal.Kind.PERSON) <= 0;
    }

    private static <E extends Enum<E>> Optional<E> named(Class<E> type, String text) {
        try {
            return Optional.of(Enum.valueOf(type, text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Instant.class));
    }

    private void read(Connection connection, String sql, Reader reader) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(sql + " order by id fetch first " + PAGE + " rows only")) {
            long last = 0;
            int rows = PAGE;
            while (rows == PAGE) {
                rows = 0;
                select.setLong(1, last);
                try (ResultSet row = select.executeQuery()) {
                    for (; row.next(); rows++) {
                        last = row.getLong(1);
                        reader.read(row);
                    }
                }
            }
        }
    }

    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }
}
