package io.dinrail.testkit;

import java.util.Map;

/** A device that the connector contract's tests speak with, and do mischief to. One for each test. */
public interface ContractDevice extends AutoCloseable {
    /** @return the connector's cfg for this device, with a timeout of at most a second so that the tests are quick. */
    Map<String, String> settings();

    /** @return the cells of the tags file, by column, of a number that can be read; {@code address} and whatever else it needs. */
    Map<String, String> readable();

    /** @return the cells of a number that can be read and written, and takes at least 0 to 100. */
    Map<String, String> writable();

    /** @return the cells of a row that the connector must refuse for its address. */
    Map<String, String> impossible();

    /**
     * Sets the number that can be read.
     *
     * @param value what the device has from now on.
     */
    void set(int value);

    /** @return what the device has at the number that can be written. */
    int written();

    /** Breaks every connection, and refuses further ones until {@link #mend}. */
    void cut();

    /** Keeps or takes connections, but answers nothing any more until {@link #mend}. */
    void freeze();

    /** Is well again. */
    void mend();

    /** @return how many connections are open now. */
    int connections();

    @Override
    void close();
}
