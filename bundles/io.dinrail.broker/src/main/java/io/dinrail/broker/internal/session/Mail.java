package io.dinrail.broker.internal.session;

/** Something for another lane to do, in the order it was posted. */
@FunctionalInterface
interface Mail {
    /** Only that a turn ends. */
    Mail NOTHING = () -> {};

    void open();
}
