package io.dinrail.model.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortestDecimalTest {
    private static final int MANY = 500_000;

    @Test
    void itIsTheDecimalThatTheFloatIsWrittenAs() {
        Random random = new Random(20261129);
        for (int i = 0; i < MANY; i++) {
            same(Float.intBitsToFloat(random.nextInt()));
            same(random.nextInt(10_000_000) / (float) Math.pow(10, random.nextInt(6)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            floats = {
                0f,
                -0f,
                1e-3f,
                9.999999e-4f,
                1e7f,
                9999999f,
                9999999.5f,
                16777217f,
                71.3f,
                -71.3f,
                0.1f,
                Float.MIN_VALUE,
                Float.MAX_VALUE,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY
            })
    void soItIsAtTheEdges(float value) {
        same(value);
    }

    private static void same(float value) {
        double wanted = Double.parseDouble(Float.toString(value));
        if (Double.doubleToLongBits(ShortestDecimal.of(value)) != Double.doubleToLongBits(wanted)) {
            assertThat(ShortestDecimal.of(value)).as("%s", value).isEqualTo(wanted);
        }
    }
}
