package io.dinrail.boot.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;

/** Those who knocked and have not logged in yet: few at a time, few tries each, and not for long. */
final class Hallway implements SessionListener {
    /** Hears of those who left without having logged in. */
    interface Turned {
        void away(String name, String address);
    }

    /** Somebody in front of the door; the name is the last one tried, empty before. */
    private record Knock(String address, String name) {}

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int TRIES = 10;

    private final int most;
    private final int mostOfOneAddress;
    private final Turned turned;
    private final Map<Session, Knock> waiting = new HashMap<>();

    Hallway(int most, int mostOfOneAddress, Turned turned) {
        this.most = most;
        this.mostOfOneAddress = mostOfOneAddress;
        this.turned = turned;
    }

    void guard(SshServer server) {
        CoreModuleProperties.AUTH_TIMEOUT.set(server, GRACE);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, TRIES);
        server.addSessionListener(this);
    }

    @Override
    public void sessionEstablished(Session session) {
        if (!enters(session)) {
            session.close(true);
        }
    }

    private synchronized boolean enters(Session session) {
        String address = Addresses.of(session);
        boolean room = waiting.size() < most
                && waiting.values().stream()
                                .filter(knock -> knock.address().equals(address))
                                .count()
                        < mostOfOneAddress;
        if (room) {
            waiting.put(session, new Knock(address, ""));
        }
        return room;
    }

    /** Under a name that may turn out to be none. */
    synchronized void tries(Session session, String name) {
        waiting.computeIfPresent(session, (key, knock) -> new Knock(knock.address(), name));
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            leaves(session);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        leaves(session)
                .filter(knock -> !knock.name().isEmpty())
                .ifPresent(knock -> turned.away(knock.name(), knock.address()));
    }

    private synchronized Optional<Knock> leaves(Session session) {
        return Optional.ofNullable(waiting.remove(session));
    }
}
