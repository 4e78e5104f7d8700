package io.dinrail.connector.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Counts what went over the wire, exchange by exchange, for {@code connector-show}. Cheap, safe for use by many threads, never throws. A connector
 * that doesn't count is counted by its calls: one call is one request.
 */
@ProviderType
public interface Meter {
    /**
     * A request goes out.
     *
     * @param bytes its size on the wire; 0 if the library below doesn't tell.
     */
    void requested(int bytes);

    /**
     * An answer came that may be used, a refusal of the device included.
     *
     * @param bytes its size on the wire; 0 if the library below doesn't tell.
     * @param nanos from the request to the answer, in nanoseconds by {@link System#nanoTime}.
     */
    void answered(int bytes, long nanos);

    /** No answer came in time. */
    void timedOut();

    /**
     * An answer came that must not be used.
     *
     * @param kind what is wrong with it, one of a few words of the connector's such as {@code wrong-unit}; shown as {@code invalid.wrong-unit}. Of
     *     more than 32 kinds the others are counted together.
     */
    void invalid(String kind);

    /**
     * The device refused a request; count {@link #answered} as well.
     *
     * @param code the device's code, such as {@code exception-02}; shown as {@code refused.exception-02}. Of more than 32 codes the others are
     *     counted together.
     */
    void refused(String code);
}
