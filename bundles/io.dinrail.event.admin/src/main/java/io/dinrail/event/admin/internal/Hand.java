package io.dinrail.event.admin.internal;

/** Holds what a delivery has taken from the ring and its consumer has not taken yet; written by one thread, read by many. */
final class Hand {
    private volatile Work work;

    Hand(Work work) {
        this.work = work;
    }

    Work work() {
        return work;
    }

    void put(Work next) {
        work = next;
    }
}
