package io.dinrail.connector.modbus.internal;

/** In which order a device sends the bytes of a value; A is the most significant. Each order is its own inverse. */
enum WordOrder {
    ABCD(false, false),
    CDAB(true, false),
    BADC(false, true),
    DCBA(true, true);

    private final boolean wordsSwapped;
    private final boolean bytesSwapped;

    WordOrder(boolean wordsSwapped, boolean bytesSwapped) {
        this.wordsSwapped = wordsSwapped;
        this.bytesSwapped = bytesSwapped;
    }

    /**
     * Turns the device's order into most significant first, or back.
     *
     * @param bytes whole registers.
     * @return as many, rearranged.
     */
    byte[] apply(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int word = wordsSwapped ? bytes.length / 2 - 1 - i / 2 : i / 2;
            turned[i] = bytes[word * 2 + (bytesSwapped ? 1 - i % 2 : i % 2)];
        }
        return turned;
    }
}
