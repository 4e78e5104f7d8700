package io.dinrail.broker.moquette.internal;

/**
 * What belongs to one client from its login on.
 *
 * @param login how it came in.
 * @param publishing what it publishes.
 * @param subscribing what it subscribes to.
 * @param delivery what it receives.
 * @param farewell how it leaves.
 * @param pace how fast it may be.
 */
record Seat(
        Login login, Publishing publishing, Subscribing subscribing, Delivery delivery, Farewell farewell, Pace pace) {
    static Seat of(Hall hall, Login login) {
        return new Seat(
                login,
                new Publishing(hall, login),
                new Subscribing(hall, login.client()),
                new Delivery(hall, login.client()),
                new Farewell(hall, login),
                new Pace(hall, login));
    }

    Client client() {
        return login.client();
    }
}
