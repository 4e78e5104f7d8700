package io.dinrail.broker.internal.store;

/** Told once, on the log's thread, in the order of the appends; must not block. */
public interface Receipt {
    Receipt NONE = new Receipt() {
        @Override
        public void stored() {}

        @Override
        public void failed(StoreException why) {}
    };

    void stored();

    /** The log was closed before this was stored; it may or may not be found after a restart. */
    void failed(StoreException why);
}
