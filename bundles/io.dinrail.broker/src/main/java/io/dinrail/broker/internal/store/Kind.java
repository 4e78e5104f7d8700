package io.dinrail.broker.internal.store;

/** The first byte of a record; the package comment says what each is. Never renumbered: they stand in files. */
final class Kind {
    static final byte COUNTERS = 1;
    static final byte MESSAGE = 2;
    static final byte ENQUEUE = 3;
    static final byte REMOVE = 4;
    static final byte MARK = 5;
    static final byte RECEIVED = 6;
    static final byte RELEASED = 7;
    static final byte SESSION = 8;
    static final byte QUEUE = 9;
    static final byte END = 10;
    static final byte RETAIN = 11;
    static final byte CLEAR = 12;

    private Kind() {}
}
