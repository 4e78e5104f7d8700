package io.dinrail.demo.line.internal;

import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.CommandChanged;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Tells what happens on the line, step by step. For one thread: the story's own. */
final class Story {
    /** Sends the command that cools the filler down; gives its id, or the reason why it could not be sent. */
    interface Cooling {
        String send() throws NotSentException;
    }

    /** The command was not taken. */
    static final class NotSentException extends Exception {
        private static final long serialVersionUID = 1L;

        NotSentException(String reason) {
            super(reason);
        }
    }

    private enum Step {
        CONNECTING,
        HEATING,
        ALERTED,
        COMMANDED,
        COOLING,
        FREE
    }

    private static final Duration BETWEEN_VALUES = Duration.ofSeconds(3);
    private static final Duration BETWEEN_VALUES_LATER = Duration.ofSeconds(10);
    private static final Duration TIME_TO_READ = Duration.ofSeconds(4);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(60);
    private static final List<String> SHOWN = List.of("temperature", "pressure", "setpoint", "labels", "speed");

    private final Clock clock;
    private final Consumer<String> out;
    private final Guide guide;
    private final Cooling cooling;
    private final Instant start;
    private final Map<TagId, RecordedReading> newest = new TreeMap<>();

    private Step step = Step.CONNECTING;
    private Instant since;
    private Instant lastValues = Instant.MIN;
    /** Raised before both machines were heard of: told when its turn comes. */
    private Optional<AlertChanged> early = Optional.empty();

    private String command = "";
    private boolean hinted;

    Story(Clock clock, Consumer<String> out, Guide guide, Cooling cooling) {
        this.clock = clock;
        this.out = out;
        this.guide = guide;
        this.cooling = cooling;
        this.start = clock.instant();
        this.since = start;
        say(
                "1. A small bottling line is simulated here: a filler that speaks Modbus TCP and a labeller that speaks OPC UA.");
        say("   Both are being connected; their readings, alerts and commands take the same way as a real plant's.");
    }

    void reading(RecordedReading recorded) {
        newest.put(recorded.reading().tag(), recorded);
    }

    void alert(AlertChanged alert) {
        if (!alert.rule().equals(LineSetup.RULE.name())) {
            return;
        }
        if (step == Step.CONNECTING) {
            early = alert.kind() == AlertChanged.Kind.RAISED
                    ? Optional.of(alert)
                    : early.filter(raised -> alert.kind() != AlertChanged.Kind.CLEARED);
            return;
        }
        switch (alert.kind()) {
            case RAISED -> raised(alert);
            case ACKNOWLEDGED -> say("Alert " + alert.id() + " was acknowledged.");
            case CLEARED -> cleared(alert);
        }
    }

    void command(CommandChanged changed) {
        if (changed.id().equals(command) && !changed.result().isEmpty() && step == Step.COMMANDED) {
            commanded(changed);
        } else if (!changed.id().equals(command) && !changed.result().isEmpty()) {
            say("Command " + changed.type() + " to " + changed.device() + ": " + changed.state() + " "
                    + changed.result());
        }
    }

    /** Called about twice a second. */
    void tick() {
        switch (step) {
            case CONNECTING -> begin();
            case ALERTED -> {
                if (passed(since, TIME_TO_READ)) {
                    coolDown();
                }
            }
            default -> {}
        }
        Duration between = step == Step.FREE ? BETWEEN_VALUES_LATER : BETWEEN_VALUES;
        if (step != Step.CONNECTING && passed(lastValues, between)) {
            showValues();
        }
        hintIfStuck();
    }

    private void begin() {
        if (hasGood(Machine.FILLER.device()) && hasGood(Machine.LABELLER.device())) {
            next(Step.HEATING);
            say("2. Live values of both, with quality and number (seq counts up by one per device and never repeats):");
            showValues();
            early.ifPresent(this::raised);
        }
    }

    private void raised(AlertChanged alert) {
        String what = alert.severity() + " alert " + alert.id() + " raised: " + alert.message() + " ("
                + alert.value().map(Story::shown).orElse("?") + " is above " + alert.limit() + ")";
        if (step == Step.HEATING) {
            next(Step.ALERTED);
            say("3. " + what);
            say("   It is in the store, and on MQTT: alerts/" + alert.tag().device() + "/" + alert.severity());
        } else {
            say(what);
        }
    }

    private void coolDown() {
        say("4. A command lowers the setpoint. From a terminal it would be:");
        say("   " + guide.coolDown());
        try {
            next(Step.COMMANDED);
            command = cooling.send();
        } catch (NotSentException e) {
            say("   It was not taken: " + e.getMessage());
            next(Step.COOLING);
        }
    }

    private void commanded(CommandChanged changed) {
        next(Step.COOLING);
        say("   The command ended " + changed.state() + ", written and read back: " + changed.result());
        say("   Now the filler cools down.");
    }

    private void cleared(AlertChanged alert) {
        if (step == Step.FREE) {
            say("Alert " + alert.id() + " cleared.");
            return;
        }
        next(Step.FREE);
        say("5. Alert " + alert.id() + " cleared: the temperature is back below its limit.");
        guide.tryYourself().forEach(this::say);
    }

    private void hintIfStuck() {
        if (hinted || step == Step.FREE || !passed(since, LONGEST_STEP)) {
            return;
        }
        hinted = true;
        say(
                switch (step) {
                    case CONNECTING -> "The machines don't answer yet; look at dinrail:connector-list and at the log.";
                    case HEATING -> "No alert yet; look at dinrail:rule-list and dinrail:tag-list.";
                    case COMMANDED -> "The command has no result yet; look at dinrail:command-list.";
                    default -> "The alert isn't cleared yet; look at dinrail:alert-list and at the setpoint.";
                });
    }

    private void showValues() {
        lastValues = clock.instant();
        for (Machine machine : Machine.values()) {
            StringBuilder line = new StringBuilder("   " + machine.device() + " (" + protocol(machine) + "):");
            newest.values().stream()
                    .filter(recorded -> recorded.reading().tag().device().equals(machine.device()))
                    .filter(recorded -> SHOWN.contains(recorded.reading().tag().tag()))
                    .forEach(recorded -> line.append("  ").append(shown(recorded)));
            newest.values().stream()
                    .filter(recorded -> recorded.reading().tag().device().equals(machine.device()))
                    .mapToLong(RecordedReading::seq)
                    .max()
                    .ifPresent(seq -> line.append("  seq ").append(seq));
            say(line.toString());
        }
    }

    private static String protocol(Machine machine) {
        return machine == Machine.FILLER ? "Modbus" : "OPC UA";
    }

    private static String shown(RecordedReading recorded) {
        Reading reading = recorded.reading();
        String value = reading.value().map(Story::shown).orElse("-");
        String unit = reading.unit().map(symbol -> " " + symbol).orElse("");
        return reading.tag().tag() + " " + value + unit + " " + reading.quality();
    }

    private static String shown(TagValue value) {
        return value instanceof TagValue.Real real
                ? String.format(Locale.ROOT, "%.1f", real.value())
                : value.toString();
    }

    private boolean hasGood(DeviceId device) {
        return newest.values().stream()
                .map(RecordedReading::reading)
                .anyMatch(reading -> reading.tag().device().equals(device)
                        && reading.quality().isGood());
    }

    private boolean passed(Instant from, Duration time) {
        return from.equals(Instant.MIN) || !clock.instant().isBefore(from.plus(time));
    }

    private void next(Step reached) {
        step = reached;
        since = clock.instant();
        hinted = false;
    }

    private void say(String text) {
        long seconds = Duration.between(start, clock.instant()).toSeconds();
        out.accept(String.format(Locale.ROOT, "[demo %3d s] %s", seconds, text));
    }
}
