package io.dinrail.broker.internal.session;

/** Somebody who wants a seat; both methods are called from any thread and return at once. */
interface Claim {
    /** It is this claim's turn: the seat's session is its own until it leaves or yields. */
    void proceed();

    /**
     * Another claim is newer.
     *
     * @param next whose turn it is when this one has let go.
     */
    void yield(Claim next);
}
