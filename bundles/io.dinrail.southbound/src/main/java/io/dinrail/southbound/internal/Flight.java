package io.dinrail.southbound.internal;

import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget.Progress;
import java.util.Optional;

/** One command on its way, and who hears of it: whoever handed it over last, since the router may have been exchanged. Safe for use by many threads. */
final class Flight {
    /** What there is to tell. */
    interface News {
        void tell(Progress listener);
    }

    private static final News SENT = listener -> listener.reached(CommandState.SENT, "");

    private Progress listener;
    private Optional<News> newest = Optional.empty();

    Flight(Progress listener) {
        this.listener = listener;
    }

    /** Tells this one from now on, beginning with how far it is. */
    synchronized void listen(Progress other) {
        listener = other;
        newest.ifPresent(news -> news.tell(other));
    }

    /** It goes out to the device now; returns when that is recorded. */
    void sent() {
        tell(SENT);
    }

    /** Tells the newest there is, and keeps it for whoever listens later. */
    synchronized void tell(News news) {
        newest = Optional.of(news);
        news.tell(listener);
    }
}
