package io.dinrail.shell.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Alerts;
import io.dinrail.identity.api.Role;
import io.dinrail.model.api.TagValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "alert-list", description = "Lists the alerts: open ones first, newest first")
final class AlertListCommand extends ListQuery<Alert> {
    @Option(name = "--state", description = "Only those that are raised, acknowledged or cleared")
    @Completion(
            value = StringsCompleter.class,
            values = {"raised", "acknowledged", "cleared"})
    private @Nullable String state;

    @Override
    List<Alert> find(Call call) throws Refused {
        String wanted = wanted();
        return call.services().require(Alerts.class).list().stream()
                .filter(alert -> wanted.isEmpty() || alert.state().toString().equals(wanted))
                .toList();
    }

    private String wanted() throws Refused {
        String word = Optional.ofNullable(state).orElse("").toLowerCase(Locale.ROOT);
        if (!word.isEmpty()
                && Stream.of(Alert.State.values())
                        .noneMatch(known -> known.toString().equals(word))) {
            throw new Refused("state '" + state + "' is none of raised, acknowledged, cleared");
        }
        return word;
    }

    @Override
    List<String> columns() {
        return List.of("id", "state", "severity", "device", "tag", "value", "limit", "raised", "cleared", "message");
    }

    @Override
    List<?> row(Alert alert) {
        return List.of(
                alert.id(),
                alert.state(),
                alert.severity(),
                alert.tag().device(),
                alert.tag().tag(),
                Shown.cell(AlertJson.number(alert.value())),
                Shown.cell(AlertJson.number(alert.limit())),
                Shown.cell(alert.raisedAt()),
                alert.clearedAt().map(Shown::cell).orElse("-"),
                alert.message());
    }

    @Override
    TagValue element(Alert alert) {
        return AlertJson.of(alert).toValue();
    }
}
