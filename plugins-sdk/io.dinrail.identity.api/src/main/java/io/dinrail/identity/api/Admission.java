package io.dinrail.identity.api;

/** The answer to a login. */
public sealed interface Admission {
    /**
     * It is let in.
     *
     * @param access its rights; to be closed when its connection ends.
     */
    record Admitted(Access access) implements Admission {}

    /**
     * It is not.
     *
     * @param reason what to tell it.
     */
    record Refused(Reason reason) implements Admission {}

    /** Why a login is refused, as far as it may know. */
    enum Reason {
        /** Unknown organisation or name, or wrong secret: never told apart, neither by the answer nor by its time (MQTT 0x86, 3.1.1 code 4). */
        WRONG,
        /** A right secret that is disabled or expired, or whose organisation is disabled (MQTT 0x87, 3.1.1 code 5). */
        BARRED,
        /** Too many failures of this name from this address, or of this address; the secret was not looked at (MQTT 0x9F, 3.1.1 code 3). */
        THROTTLED,
        /** It can't be checked now: keys or store are missing, or too many passwords wait to be checked (MQTT 0x88, 3.1.1 code 3). */
        UNAVAILABLE
    }
}
