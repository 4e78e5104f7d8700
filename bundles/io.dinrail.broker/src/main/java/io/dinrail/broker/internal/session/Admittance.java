package io.dinrail.broker.internal.session;

import io.dinrail.broker.front.ReservedTopics;
import io.dinrail.broker.internal.link.Peer;
import io.dinrail.broker.internal.protocol.Connect;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Property;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.broker.internal.protocol.Will;
import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who is let in, and as what; safe for use by many threads. */
final class Admittance {
    private static final byte[] NO_SECRET = {};
    private static final int LONGEST_CLIENT_ID = 256;
    private static final SecureRandom RANDOM = new SecureRandom();
    /** In front of a name that needed no proof, so that it is nobody's who has one: no login name has a control character. */
    private static final char UNPROVED = '\u0001';

    private final Identity identity;
    private final String anonymousRuleSet;
    private final BrokerSettings settings;

    /** @param anonymousRuleSet of clients of this machine without a credential; empty for none. */
    Admittance(Identity identity, String anonymousRuleSet, BrokerSettings settings) {
        this.identity = identity;
        this.anonymousRuleSet = anonymousRuleSet;
        this.settings = settings;
    }

    /** @throws Refusal if there is nothing to ask about. */
    CompletionStage<Admission> ask(Connect connect, Peer peer, AccessListener listener) throws Refusal {
        if (connect.properties().has(Property.AUTHENTICATION_METHOD)) {
            throw new Refusal(
                    "login.refused", ReasonCode.BAD_AUTHENTICATION_METHOD, "enhanced authentication is not offered");
        }
        String username = connect.userName().orElse("");
        byte[] secret = connect.password().orElse(NO_SECRET);
        if (!Topics.isClean(username)) {
            throw Refusal.login();
        }
        if (username.isEmpty() && peer.certificate().isEmpty()) {
            if (secret.length > 0 || anonymousRuleSet.isEmpty() || !peer.local()) {
                throw Refusal.login();
            }
            return CompletableFuture.completedFuture(identity.anonymous(anonymousRuleSet, peer.host(), listener));
        }
        return identity.admit(new Attempt(username, secret, peer.certificate(), peer.host()), listener);
    }

    /** Whose sessions are. */
    static String owner(Principal principal) {
        return principal.kind() == Principal.Kind.ANONYMOUS ? UNPROVED + principal.login() : principal.login();
    }

    /** The login name of an owner. */
    static String login(String owner) {
        return owner.charAt(0) == UNPROVED ? owner.substring(1) : owner;
    }

    /** @throws Refusal if the client id can't be used. */
    static String clientId(Connect connect, Access access) throws Refusal {
        String asked = connect.clientId();
        if (asked.isEmpty()) {
            byte[] random = new byte[8];
            RANDOM.nextBytes(random);
            return bound(access.principal().name() + '-' + HexFormat.of().formatHex(random), access);
        }
        if (asked.length() > LONGEST_CLIENT_ID || !Topics.isClean(asked)) {
            throw Refusal.clientId("a client id has 1 to 256 characters, none of them a control character");
        }
        return bound(asked, access);
    }

    private static String bound(String clientId, Access access) throws Refusal {
        if (!access.bind(clientId)) {
            throw Refusal.clientId("client id '" + clientId + "' is refused: "
                    + access.principal().login() + " may not use it");
        }
        return clientId;
    }

    /** @throws Refusal if the client may not publish its will. */
    static Optional<Will> will(Connect connect, Access access) throws Refusal {
        if (connect.will().isPresent()) {
            String topic = connect.will().get().topic().text();
            boolean possible = !ReservedTopics.isReserved(topic)
                    && Topics.isWithinBounds(topic, connect.will().get().topic().bytes());
            if (!possible || !access.may(Action.PUBLISH, topic)) {
                access.denied(Action.PUBLISH, topic);
                throw new Refusal(
                        "will.refused",
                        ReasonCode.NOT_AUTHORIZED,
                        "a will on '" + topic + "' is refused: its rules don't allow to publish there");
            }
        }
        return connect.will();
    }

    /** How many seconds the session stays when the client is gone. */
    long expiry(Connect connect, Access access, Instant now) {
        long longest = settings.longestSession().toSeconds();
        long asked = connect.version() == MqttVersion.V5
                ? connect.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0)
                : connect.cleanStart() ? 0 : longest;
        return lasting(Math.min(asked, longest), access, now);
    }

    /** A session stays no longer than whose it is. */
    static long lasting(long seconds, Access access, Instant now) {
        return access.until()
                .filter(until -> seconds > 0)
                .map(until -> Math.max(
                        1, Math.min(seconds, Duration.between(now, until).toSeconds())))
                .orElse(seconds);
    }
}
