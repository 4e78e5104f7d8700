package io.dinrail.shell.internal;

import io.dinrail.connector.api.Periods;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Times as people write them: a period from or until now, a time in ISO 8601, or a day. */
final class Times {
    static final String END =
            "When it ends: a period such as 30d, a time such as 2027-01-31T12:00:00Z, a day, or never";

    private Times() {}

    static Instant now() {
        return Instant.now(Clock.systemUTC());
    }

    /** @return when something ends; empty for {@code never}, and for what isn't given. */
    static Optional<Instant> end(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(given -> !given.equals("never"))
                .map(given -> at(given, period -> now().plus(Periods.parse(period))));
    }

    /** @return a time in the past. */
    static Instant since(String text) {
        return at(text, period -> now().minus(Periods.parse(period)));
    }

    private static Instant at(String text, Function<String, Instant> relative) {
        try {
            if (text.contains("T")) {
                return Instant.parse(text);
            }
            return text.contains("-")
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : relative.apply(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time: write a period such as 30d, 2027-01-31T12:00:00Z or 2027-01-31", e);
        }
    }
}
