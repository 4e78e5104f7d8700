package io.dinrail.identity.h2.internal.audit;

/** Who has failed too often; safe for use by many threads, bounded memory. Never holds one name back because of what another address does. */
public interface LoginThrottle {
    /**
     * Asks before a secret is looked at.
     *
     * @param login the name presented, whatever it holds.
     * @param address where from.
     * @return whether it may be looked at.
     */
    boolean mayTry(String login, String address);

    /**
     * Counts a failure.
     *
     * @param login the name presented.
     * @param address where from.
     */
    void failed(String login, String address);

    /**
     * Forgets the failures of a name at an address.
     *
     * @param login the name.
     * @param address where from.
     */
    void succeeded(String login, String address);
}
