package io.dinrail.broker.internal.clients;

/** What Paho can do besides: it keeps in a folder what is not acknowledged, and connects again by itself. */
interface Paho extends Client {
    /** Sends as soon as it can, and doesn't wait. */
    void send(Said said) throws Exception;

    /** How many of those are not acknowledged yet, those that wait for a connection included. */
    int pending();

    boolean connected();
}
