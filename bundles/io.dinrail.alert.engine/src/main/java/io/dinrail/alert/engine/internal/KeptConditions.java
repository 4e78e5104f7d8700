package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.AlertIntake;
import io.dinrail.alert.api.ConditionState;
import io.dinrail.alert.api.RuleException;
import io.dinrail.event.api.AlertChanged.Kind;
import io.dinrail.model.api.TagId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes alarms that devices keep by themselves into the store. */
@Component
public final class KeptConditions implements AlertIntake {
    private static final String AT_THE_DEVICE = "acknowledged at the device";

    private final AlertEngine engine;

    @Activate
    public KeptConditions(@Reference AlertEngine engine) {
        this.engine = engine;
    }

    @Override
    public void take(List<ConditionState> states) throws RuleException {
        for (ConditionState state : states) {
            engine.change("the alarm " + state.condition() + " of " + state.tag(), desk -> {
                take(state, desk);
                return state;
            });
        }
    }

    private static void take(ConditionState state, AlertEngine.Desk desk) throws SQLException {
        Optional<Alert> open = desk.conditions().find(state.tag(), state.condition());
        if (!state.active()) {
            if (open.isPresent()) {
                clear(open.get(), state.at(), desk);
            }
            return;
        }
        Alert alert = open.isPresent() ? open.get() : raise(state, desk);
        if (state.acknowledged() && alert.state() == Alert.State.RAISED) {
            acknowledge(alert, state.at(), desk);
        }
    }

    private static Alert raise(ConditionState state, AlertEngine.Desk desk) throws SQLException {
        Alert alert = desk.alerts().raise(state);
        desk.conditions().put(alert);
        desk.outbox().add(Watch.changed(Kind.RAISED, alert, Optional.empty(), state.at()));
        return alert;
    }

    private static void acknowledge(Alert alert, Instant at, AlertEngine.Desk desk) throws SQLException {
        desk.alerts().acknowledge(alert.id(), AT_THE_DEVICE, at);
        desk.alerts().find(alert.id()).ifPresent(desk.conditions()::put);
        desk.outbox().add(Watch.changed(Kind.ACKNOWLEDGED, alert, Optional.empty(), at));
    }

    private static void clear(Alert alert, Instant at, AlertEngine.Desk desk) throws SQLException {
        desk.alerts().clear(alert.id(), at);
        desk.conditions().remove(alert);
        desk.outbox().add(Watch.changed(Kind.CLEARED, alert, Optional.empty(), at));
    }

    @Override
    public void standing(TagId tag, Set<String> conditions) throws RuleException {
        engine.change("the alarms of " + tag, desk -> {
            for (Alert gone : desk.conditions().others(tag, conditions)) {
                clear(gone, desk.now(), desk);
            }
            return tag;
        });
    }
}
