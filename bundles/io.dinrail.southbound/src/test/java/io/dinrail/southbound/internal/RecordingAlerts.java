package io.dinrail.southbound.internal;

import io.dinrail.alert.api.AlertIntake;
import io.dinrail.alert.api.ConditionState;
import io.dinrail.alert.api.RuleException;
import io.dinrail.model.api.TagId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what of devices' alarms reached the platform. */
final class RecordingAlerts implements AlertIntake {
    final List<String> told = new CopyOnWriteArrayList<>();
    volatile boolean storeFails;

    @Override
    public void take(List<ConditionState> states) throws RuleException {
        works();
        states.forEach(state -> told.add(state.condition() + (state.active() ? " stands" : " is gone")));
    }

    @Override
    public void standing(TagId tag, Set<String> conditions) throws RuleException {
        works();
        told.add("of " + tag + " stand " + new TreeSet<>(conditions));
    }

    private void works() throws RuleException {
        if (storeFails) {
            throw new RuleException(RuleException.Reason.STORE, "the store can't be written");
        }
    }
}
