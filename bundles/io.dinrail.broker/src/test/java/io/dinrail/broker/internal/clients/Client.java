package io.dinrail.broker.internal.clients;

import java.util.List;

/** What every client library can do. All wait for the server's answer. */
interface Client extends AutoCloseable {
    /** @return whether the server still had its session. */
    boolean connect() throws Exception;

    void subscribe(String filter, int qos) throws Exception;

    void publish(Said said) throws Exception;

    /** What came so far, in order. */
    List<Said> heard();

    /** Says goodbye. */
    void disconnect() throws Exception;

    /** Leaves nothing behind, whether connected or not. */
    @Override
    void close() throws Exception;
}
