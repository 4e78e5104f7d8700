package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.broker.internal.store.StoreException;
import io.dinrail.identity.api.Admission;

/** A CONNECT that is not let through. No stack: it is an everyday thing. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String loss;
    private final ReasonCode reason;

    Refusal(String loss, ReasonCode reason, String sentence) {
        super(sentence, null, false, false);
        this.loss = loss;
        this.reason = reason;
    }

    static Refusal login() {
        return new Refusal(
                "login.refused",
                ReasonCode.BAD_USER_NAME_OR_PASSWORD,
                "the login is refused: user name or password is wrong");
    }

    static Refusal unavailable() {
        return new Refusal("identity.failed", ReasonCode.SERVER_UNAVAILABLE, "the login could not be checked");
    }

    static Refusal clientId(String sentence) {
        return new Refusal("client-id.refused", ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, sentence);
    }

    static Refusal store(StoreException why) {
        return new Refusal(
                "store.refused",
                ReasonCode.SERVER_UNAVAILABLE,
                "a session can't be kept, so its client is refused: " + why.getMessage());
    }

    static Refusal of(Admission.Reason reason) {
        return switch (reason) {
            case WRONG -> login();
            case BARRED ->
                new Refusal(
                        "login.barred",
                        ReasonCode.NOT_AUTHORIZED,
                        "the login is refused: its credential or organisation is disabled or has ended");
            case THROTTLED ->
                new Refusal(
                        "login.throttled",
                        ReasonCode.CONNECTION_RATE_EXCEEDED,
                        "the login is refused unseen: too many failed before it");
            case UNAVAILABLE -> unavailable();
        };
    }

    String loss() {
        return loss;
    }

    ReasonCode reason() {
        return reason;
    }

    /** What is said and counted. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
