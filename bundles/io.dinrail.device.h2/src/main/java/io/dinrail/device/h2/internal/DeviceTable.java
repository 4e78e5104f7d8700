package io.dinrail.device.h2.internal;

import io.dinrail.device.api.Device;
import io.dinrail.model.api.DeviceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The rows of devices. */
final class DeviceTable {
    /** Larger results H2 writes to a file first, which takes several times as long as reading them. */
    static final int PAGE = 10_000;

    private final DataSource store;

    DeviceTable(DataSource store) {
        this.store = store;
    }

    List<Device> all() throws SQLException {
        List<Device> found = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(
                        "select id, fleet, gateway, type, site, added_at from device where id > ? order by id fetch first "
                                + PAGE + " rows only")) {
            String last = "";
            int before;
            do {
                before = found.size();
                select.setString(1, last);
                last = read(select, found, last);
            } while (found.size() == before + PAGE);
        }
        return found;
    }

    private static String read(PreparedStatement select, List<Device> found, String from) throws SQLException {
        String last = from;
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                last = row.getString(1);
                found.add(new Device(
                        new DeviceId(last),
                        Optional.ofNullable(row.getString(2)),
                        Optional.ofNullable(row.getString(3)).map(DeviceId::new),
                        Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getString(5)),
                        row.getObject(6, Instant.class),
                        false));
            }
        }
        return last;
    }

    /** Stores all or none; what is there under the same ids is replaced, so that it may be tried again after a doubtful failure. */
    void save(List<Device> devices) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement merge = connection.prepareStatement(
                        "merge into device (id, fleet, gateway, type, site, added_at) key (id) values (?, ?, ?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            try {
                for (Device device : devices) {
                    fill(merge, device);
                    merge.addBatch();
                }
                merge.executeBatch();
                connection.commit();
            } finally {
                connection.rollback(); // does nothing after the commit
                connection.setAutoCommit(true);
            }
        }
    }

    void delete(DeviceId id) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement delete = connection.prepareStatement("delete from device where id = ?")) {
            delete.setString(1, id.value());
            delete.executeUpdate();
        }
    }

    private static void fill(PreparedStatement merge, Device device) throws SQLException {
        merge.setString(1, device.id().value());
        merge.setString(2, device.fleet().orElse(null));
        merge.setString(3, device.gateway().map(DeviceId::value).orElse(null));
        merge.setString(4, device.type().orElse(null));
        merge.setString(5, device.site().orElse(null));
        merge.setObject(6, device.addedAt());
    }

    /** H2's pool says with an unchecked exception that it was closed. */
    private Connection connect() throws SQLException {
        try {
            return store.getConnection();
        } catch (IllegalStateException e) {
            throw new SQLException("the store is closed", e);
        }
    }
}
