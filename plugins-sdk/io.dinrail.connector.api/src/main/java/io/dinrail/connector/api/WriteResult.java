package io.dinrail.connector.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.TagValue;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of a write.
 *
 * @param verdict in one word.
 * @param value what was read back, in the engineering unit; empty if nothing was.
 * @param detail one sentence for a person; empty for {@link Verdict#APPLIED}.
 * @param code the code of the device that refused, such as {@code exception 02}; empty if there is none.
 */
public record WriteResult(Verdict verdict, Optional<TagValue> value, String detail, String code) {
    /** What came of it. */
    public enum Verdict {
        /** Read back as written. */
        APPLIED,
        /** Read back as another value that the device moved it to, between the old value and the one written. */
        CLAMPED,
        /** Read back as the old value. */
        NOT_KEPT,
        /** Refused by the limits, the device or the expiry; nothing was changed. */
        REFUSED,
        /** Sent, and not known whether it was taken. */
        UNVERIFIED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public WriteResult {
        requireNonNull(verdict);
        requireNonNull(value);
        requireNonNull(detail);
        requireNonNull(code);
    }

    /**
     * A result without a code of the device.
     *
     * @param verdict in one word.
     * @param value what was read back, in the engineering unit; empty if nothing was.
     * @param detail one sentence for a person; empty for {@link Verdict#APPLIED}.
     */
    public WriteResult(Verdict verdict, Optional<TagValue> value, String detail) {
        this(verdict, value, detail, "");
    }
}
