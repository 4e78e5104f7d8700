package io.dinrail.model.api;

/** The double that is written as a float is: 71.3f becomes 71.3 and not 71.30000305175781. */
final class ShortestDecimal {
    /** Exact as doubles, so that the quotient is what parsing the decimal would give; by text it takes five times as long and makes garbage. */
    private static final double[] POWERS_OF_TEN = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11};

    private static final float LEAST = 1e-3f;
    private static final float MOST = 1e7f;

    private ShortestDecimal() {}

    static double of(float value) {
        float magnitude = Math.abs(value);
        if (magnitude >= LEAST && magnitude < MOST) {
            for (double power : POWERS_OF_TEN) {
                double decimal = Math.rint(value * power) / power;
                if ((float) decimal == value) {
                    return decimal;
                }
            }
        }
        return Double.parseDouble(Float.toString(value));
    }
}
