package io.dinrail.southbound.internal;

import io.dinrail.connector.api.WriteResult.Verdict;
import io.dinrail.model.api.TagValue;
import java.util.Optional;
import java.util.OptionalDouble;

/** Compares what was written with what was read back, in the device's raw unit. */
final class WriteJudge {
    /** A float32 carries about seven digits. */
    private static final double FLOAT32_ROUNDING = 1e-6;

    private WriteJudge() {}

    static Verdict judge(Optional<TagValue> before, TagValue written, TagValue now) {
        if (same(written, now)) {
            return Verdict.APPLIED;
        }
        if (before.isEmpty()) {
            return Verdict.UNVERIFIED;
        }
        if (same(before.get(), now)) {
            return Verdict.NOT_KEPT;
        }
        return between(before.get(), written, now) ? Verdict.CLAMPED : Verdict.UNVERIFIED;
    }

    static boolean same(TagValue a, TagValue b) {
        if (a.equals(b)) {
            return true;
        }
        OptionalDouble left = a.number();
        OptionalDouble right = b.number();
        boolean exact = a instanceof TagValue.Whole && b instanceof TagValue.Whole;
        if (exact || left.isEmpty() || right.isEmpty()) {
            return false;
        }
        double most = Math.max(Math.abs(left.getAsDouble()), Math.abs(right.getAsDouble()));
        return Math.abs(left.getAsDouble() - right.getAsDouble()) <= most * FLOAT32_ROUNDING;
    }

    private static boolean between(TagValue before, TagValue written, TagValue now) {
        OptionalDouble old = before.number();
        OptionalDouble wanted = written.number();
        OptionalDouble got = now.number();
        return old.isPresent()
                && wanted.isPresent()
                && got.isPresent()
                && got.getAsDouble() > Math.min(old.getAsDouble(), wanted.getAsDouble())
                && got.getAsDouble() < Math.max(old.getAsDouble(), wanted.getAsDouble());
    }
}
