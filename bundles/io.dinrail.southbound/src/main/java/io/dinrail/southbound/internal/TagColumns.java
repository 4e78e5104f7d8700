package io.dinrail.southbound.internal;

import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A tag as the cells of a tags file that say the same. */
final class TagColumns {
    /** These stand in every file that is written, filled or not. */
    static final List<String> ALWAYS = List.of("device", "tag", "address", "type", "access", "poll");

    /** The other common ones, in the order in which they are written. */
    static final List<String> ORDER =
            List.of("scale", "offset", "unit", "deadband", "min", "max", "low", "high", "description");

    private TagColumns() {}

    /** @return cells by column, in the order in which they are written; those without a say are missing. */
    static Map<String, String> of(TagSpec spec) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("device", spec.id().device().value());
        cells.put("tag", spec.id().tag());
        cells.put("address", spec.address());
        cells.put("type", spec.type());
        cells.put("access", spec.access().toString());
        cells.put("poll", period(spec.poll()));
        cells.putAll(new TreeMap<>(spec.more()));
        cells.put("scale", spec.scale() == 1 ? "" : number(spec.scale()));
        cells.put("offset", spec.offset() == 0 ? "" : number(spec.offset()));
        cells.put("unit", spec.unit().map(Unit::symbol).orElse(""));
        cells.put("deadband", number(spec.deadband()));
        cells.put("min", number(spec.min()));
        cells.put("max", number(spec.max()));
        cells.put("low", number(spec.low()));
        cells.put("high", number(spec.high()));
        cells.put("description", spec.description());
        cells.values().removeIf(String::isEmpty);
        return cells;
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? number(number.getAsDouble()) : "";
    }

    private static String number(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String period(Duration period) {
        BigDecimal millis = BigDecimal.valueOf(period.toNanos(), 6).stripTrailingZeros();
        boolean seconds = period.toNanosPart() == 0;
        return seconds ? period.toSeconds() + "s" : millis.toPlainString() + "ms";
    }
}
