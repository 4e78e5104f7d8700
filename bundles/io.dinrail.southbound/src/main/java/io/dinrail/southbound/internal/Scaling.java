package io.dinrail.southbound.internal;

import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.math.BigDecimal;
import java.math.MathContext;

/** Between raw values and engineering values. Reckons in decimals, so that 713 × 0.1 is 71.3 and not 71.30000000000001. */
final class Scaling {
    private Scaling() {}

    /** engineering = raw × scale + offset, of numbers; all else, and whole numbers without scaling, stay as they are. */
    static TagValue toEngineering(TagSpec spec, TagValue raw) {
        if (isPlain(spec)) {
            return raw;
        }
        if (raw instanceof TagValue.Whole whole) {
            return TagValue.of(scaled(spec, new BigDecimal(whole.value())));
        }
        if (raw instanceof TagValue.Real real) {
            return Double.isFinite(real.value()) ? TagValue.of(scaled(spec, BigDecimal.valueOf(real.value()))) : raw;
        }
        if (raw instanceof TagValue.Array array) {
            return new TagValue.Array(array.values().stream()
                    .map(element -> toEngineering(spec, element))
                    .toList());
        }
        return raw;
    }

    /** raw = (engineering − offset) ÷ scale. */
    static BigDecimal toRaw(TagSpec spec, BigDecimal engineering) {
        return isPlain(spec)
                ? engineering
                : engineering
                        .subtract(BigDecimal.valueOf(spec.offset()))
                        .divide(BigDecimal.valueOf(spec.scale()), MathContext.DECIMAL128);
    }

    static boolean isPlain(TagSpec spec) {
        return spec.scale() == 1 && spec.offset() == 0;
    }

    private static double scaled(TagSpec spec, BigDecimal raw) {
        return raw.multiply(BigDecimal.valueOf(spec.scale()))
                .add(BigDecimal.valueOf(spec.offset()))
                .doubleValue();
    }
}
