package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Alerts;
import io.dinrail.alert.api.RuleException;
import io.dinrail.alert.api.RuleException.Reason;
import io.dinrail.event.api.AlertChanged.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The alerts over the engine, as they stand in the store. */
@Component
public final class KeptAlerts implements Alerts {
    private static final int MOST_LISTED = 1_000;
    private static final int LONGEST_NOTE = 500;

    private final AlertEngine engine;

    @Activate
    public KeptAlerts(@Reference AlertEngine engine) {
        this.engine = engine;
    }

    @Override
    public List<Alert> list() {
        try {
            return engine.alerts().list(MOST_LISTED);
        } catch (SQLException e) {
            throw new IllegalStateException("the alerts can't be read: " + StoreTrouble.sentence(e), e);
        }
    }

    @Override
    public int open() {
        return (int) engine.watches().values().stream()
                .filter(watch -> watch.open().isPresent())
                .count();
    }

    @Override
    public Alert acknowledge(long id, String note) throws RuleException {
        if (note.length() > LONGEST_NOTE) {
            throw new RuleException(Reason.REFUSED, "note: at most " + LONGEST_NOTE + " characters");
        }
        return engine.change("the acknowledgement of alert " + id, desk -> {
            Alert alert = find(id, desk);
            if (alert.state() != Alert.State.RAISED) {
                return alert;
            }
            desk.alerts().acknowledge(id, note, desk.now());
            Alert acknowledged = find(id, desk);
            Optional.ofNullable(desk.watches().get(alert.rule()))
                    .filter(watch ->
                            watch.open().filter(open -> open.id() == id).isPresent())
                    .ifPresent(watch -> watch.open(acknowledged));
            desk.outbox().add(Watch.changed(Kind.ACKNOWLEDGED, acknowledged, Optional.empty(), desk.now()));
            return acknowledged;
        });
    }

    private static Alert find(long id, AlertEngine.Desk desk) throws SQLException, RuleException {
        return desk.alerts()
                .find(id)
                .orElseThrow(
                        () -> new RuleException(Reason.UNKNOWN, "alert " + id + " is unknown: see dinrail:alert-list"));
    }
}
