package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.AlertOwner;
import io.dinrail.alert.api.Alerts;
import io.dinrail.alert.api.RuleException;
import io.dinrail.alert.api.RuleException.Reason;
import io.dinrail.event.api.AlertChanged.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alerts over the engine, as they stand in the store. */
@Component
public final class KeptAlerts implements Alerts {
    private static final int MOST_LISTED = 1_000;
    private static final int LONGEST_NOTE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(KeptAlerts.class);

    private final Set<AlertOwner> owners = ConcurrentHashMap.newKeySet();
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
        long ofRules = engine.watches().values().stream()
                .filter(watch -> watch.open().isPresent())
                .count();
        return (int) ofRules + engine.conditions().count();
    }

    @Override
    public Alert acknowledge(long id, String note) throws RuleException {
        if (note.length() > LONGEST_NOTE) {
            throw new RuleException(Reason.REFUSED, "note: at most " + LONGEST_NOTE + " characters");
        }
        AtomicBoolean done = new AtomicBoolean();
        Alert now = engine.change("the acknowledgement of alert " + id, desk -> {
            Alert alert = find(id, desk);
            if (alert.state() != Alert.State.RAISED) {
                return alert;
            }
            done.set(true);
            desk.alerts().acknowledge(id, note, desk.now());
            Alert acknowledged = find(id, desk);
            Optional.ofNullable(alert.condition().isEmpty() ? desk.watches().get(alert.rule()) : null)
                    .filter(watch ->
                            watch.open().filter(open -> open.id() == id).isPresent())
                    .ifPresent(watch -> watch.open(acknowledged));
            if (!acknowledged.condition().isEmpty()) {
                desk.conditions().put(acknowledged);
            }
            desk.outbox().add(Watch.changed(Kind.ACKNOWLEDGED, acknowledged, Optional.empty(), desk.now()));
            return acknowledged;
        });
        if (done.get() && !now.condition().isEmpty()) {
            owners.forEach(owner -> tell(owner, now));
        }
        return now;
    }

    private static void tell(AlertOwner owner, Alert alert) {
        try {
            owner.acknowledged(alert.tag(), alert.condition(), alert.note());
        } catch (RuntimeException e) { // it is acknowledged here, whatever becomes of it there
            LOG.error("the acknowledgement of alert {} can't be passed back", alert.id(), e);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addOwner(AlertOwner owner) {
        owners.add(owner);
    }

    void removeOwner(AlertOwner owner) {
        owners.remove(owner);
    }

    private static Alert find(long id, AlertEngine.Desk desk) throws SQLException, RuleException {
        return desk.alerts()
                .find(id)
                .orElseThrow(
                        () -> new RuleException(Reason.UNKNOWN, "alert " + id + " is unknown: see dinrail:alert-list"));
    }
}
