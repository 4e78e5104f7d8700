package io.dinrail.broker.front;

import io.dinrail.messaging.api.MessageBroker;
import java.io.IOException;

/** An engine from its opening to its closing; safe for use by many threads in between. */
public interface BrokerEngine extends MessageBroker, AutoCloseable {
    /**
     * Makes engines.
     *
     * @param <E> of this kind.
     */
    @FunctionalInterface
    interface Maker<E extends BrokerEngine> {
        /**
         * Makes one that is not open to anybody yet.
         *
         * @param parts what it stands on.
         * @return the engine.
         * @throws IOException if its store can't be opened now; one sentence for the operator. Nothing of it is left then.
         */
        E make(Parts parts) throws IOException;
    }

    /** Opens the listeners that aren't open yet; called again every now and then. */
    void open();

    /**
     * Says whether it can't go on.
     *
     * @return whether it should be closed and another one made.
     */
    boolean failed();

    /**
     * Ends a login name's connections and sessions; may block.
     *
     * @param login the name.
     */
    void revoke(String login);

    /** Sends everybody away and keeps what must be kept; takes some seconds at most. */
    @Override
    void close();
}
