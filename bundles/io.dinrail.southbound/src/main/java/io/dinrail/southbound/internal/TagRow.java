package io.dinrail.southbound.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.api.TagSpec.Access;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.Unit;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the common columns of one row. */
final class TagRow {
    private static final Set<String> TYPES = Set.of(
            "bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64",
            "string", "bytes");

    private final TagTable.Row row;

    TagRow(TagTable.Row row) {
        this.row = row;
    }

    /** @throws SettingException if device or tag is refused. */
    TagId id() {
        try {
            DeviceId device = new DeviceId(row.cell("device"));
            return new TagId(device, row.cell("tag"));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new SettingException(message.startsWith("device") ? "device" : "tag", message);
        }
    }

    /** @throws SettingException if a cell is refused. */
    TagSpec spec(PollClasses classes) {
        OptionalDouble min = number("min");
        OptionalDouble max = number("max");
        OptionalDouble low = number("low");
        OptionalDouble high = number("high");
        inOrder("min", min, max);
        inOrder("low", low, high);
        boolean ranged = low.isPresent() && high.isPresent();
        return new TagSpec(
                id(),
                address(),
                type(),
                access(),
                classes.resolve(row.cell("poll")),
                number("scale").orElse(1),
                number("offset").orElse(0),
                unit(),
                ranged ? deadband(low, high) : deadband(min, max),
                min,
                max,
                row.cell("description"),
                more(),
                low,
                high);
    }

    private static void inOrder(String column, OptionalDouble lower, OptionalDouble upper) {
        if (lower.isPresent() && upper.isPresent() && lower.getAsDouble() > upper.getAsDouble()) {
            throw new SettingException(column, "the lower limit is above the upper one");
        }
    }

    private String address() {
        String address = row.cell("address");
        if (address.isEmpty()) {
            throw new SettingException("address", "is missing");
        }
        return address;
    }

    private String type() {
        String lower = row.cell("type").toLowerCase(Locale.ROOT);
        return TYPES.contains(lower) ? lower : row.cell("type");
    }

    private Access access() {
        return switch (row.cell("access").toLowerCase(Locale.ROOT)) {
            case "", "r" -> Access.R;
            case "w" -> Access.W;
            case "rw" -> Access.RW;
            default -> throw new SettingException("access", "'" + row.cell("access") + "' is none of r, w, rw");
        };
    }

    private Optional<Unit> unit() {
        String unit = row.cell("unit");
        try {
            return unit.isEmpty() ? Optional.empty() : Optional.of(new Unit(unit));
        } catch (IllegalArgumentException e) {
            throw new SettingException("unit", String.valueOf(e.getMessage()));
        }
    }

    private OptionalDouble deadband(OptionalDouble min, OptionalDouble max) {
        String text = row.cell("deadband");
        if (!text.endsWith("%")) {
            return notNegative(number("deadband"));
        }
        if (min.isEmpty() || max.isEmpty()) {
            throw new SettingException(
                    "deadband", "'" + text + "' is a part of the range: set low and high as well, or min and max");
        }
        double part = notNegative(
                        number("deadband", text.substring(0, text.length() - 1).trim()))
                .orElse(0);
        return OptionalDouble.of((max.getAsDouble() - min.getAsDouble()) * part / 100);
    }

    private static OptionalDouble notNegative(OptionalDouble deadband) {
        if (deadband.isPresent() && deadband.getAsDouble() < 0) {
            throw new SettingException("deadband", "it can't be negative");
        }
        return deadband;
    }

    private OptionalDouble number(String column) {
        String text = row.cell(column);
        return text.isEmpty() ? OptionalDouble.empty() : number(column, text);
    }

    private static OptionalDouble number(String column, String text) {
        try {
            double number = new BigDecimal(text).doubleValue();
            if (Double.isFinite(number)) {
                return OptionalDouble.of(number);
            }
        } catch (NumberFormatException e) {
            // refused below, together with a number too large
        }
        throw new SettingException(column, "'" + text + "' is no number");
    }

    private Map<String, String> more() {
        Map<String, String> more = new HashMap<>(row.cells());
        more.keySet().removeAll(TagTable.COMMON);
        return more;
    }
}
