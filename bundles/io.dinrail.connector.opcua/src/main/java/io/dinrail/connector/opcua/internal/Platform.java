package io.dinrail.connector.opcua.internal;

import java.time.Clock;

/**
 * What all OPC UA connectors of this platform share.
 *
 * @param threads of all connections.
 * @param secrets where certificates and passwords are kept.
 * @param certificates the own one.
 * @param clock tells the time.
 */
record Platform(ClientThreads threads, SecretFolder secrets, OwnCertificates certificates, Clock clock)
        implements AutoCloseable {
    /** To be closed once. */
    static Platform of(SecretFolder secrets, Clock clock) {
        Algorithms.need();
        return new Platform(new ClientThreads(), secrets, new OwnCertificates(secrets, clock), clock);
    }

    @Override
    public void close() {
        threads.close();
        Algorithms.letGo();
    }
}
