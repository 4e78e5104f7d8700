package io.dinrail.boot.internal;

import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/** Those who are in: whoever is disabled or removed, or loses the key, is sent out within a second. */
final class Guests implements SessionListener, Runnable {
    private record Guest(Visitor visitor, PublicKey key) {}

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final KeyHolders holders;
    private final Duration pause;
    private final Map<Session, Guest> inside = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this, "dinrail-ssh-guests");

    Guests(KeyHolders holders, Duration pause) {
        this.holders = holders;
        this.pause = pause;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(PATIENCE.toMillis());
    }

    /** The last one counts: it is the key that the session was then opened with. */
    void shows(Session session, Visitor visitor, PublicKey key) {
        inside.put(session, new Guest(visitor, key));
    }

    @Override
    public void sessionClosed(Session session) {
        inside.remove(session);
    }

    @Override
    public void run() {
        try {
            while (!Thread.interrupted()) {
                Thread.sleep(pause.toMillis());
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check() {
        inside.forEach((session, guest) -> {
            if (!holders.stillHolds(guest.visitor(), guest.key())) {
                inside.remove(session);
                session.close(true);
            }
        });
    }
}
