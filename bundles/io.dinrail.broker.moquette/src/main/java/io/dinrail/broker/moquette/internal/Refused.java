package io.dinrail.broker.moquette.internal;

import io.dinrail.identity.api.Admission;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;

/** A CONNECT that is not let through; carries the answer for each version of MQTT. No stack: it is an everyday thing. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String cause;
    private final MqttConnectReturnCode version3;
    private final MqttConnectReturnCode version5;

    private Refused(String cause, String message, MqttConnectReturnCode version3, MqttConnectReturnCode version5) {
        super(message, null, false, false);
        this.cause = cause;
        this.version3 = version3;
        this.version5 = version5;
    }

    static Refused version() {
        return new Refused(
                "login.version",
                "a version of MQTT other than 3.1.1 and 5 is refused",
                MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION,
                MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION);
    }

    static Refused method() {
        return new Refused(
                "login.refused",
                "enhanced authentication is refused",
                MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED,
                MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD);
    }

    static Refused login() {
        return new Refused(
                "login.refused",
                "the login is refused: user name or password is wrong",
                MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
                MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD);
    }

    static Refused of(Admission.Reason reason) {
        return switch (reason) {
            case WRONG -> login();
            case BARRED ->
                new Refused(
                        "login.barred",
                        "the login is refused: its credential or organisation is disabled or has ended",
                        MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED,
                        MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5);
            case THROTTLED ->
                new Refused(
                        "login.throttled",
                        "the login is refused unseen: too many failed before it",
                        MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
                        MqttConnectReturnCode.CONNECTION_REFUSED_CONNECTION_RATE_EXCEEDED);
            case UNAVAILABLE -> unavailable();
        };
    }

    static Refused unavailable() {
        return new Refused(
                "identity.failed",
                "the login could not be checked",
                MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
                MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5);
    }

    static Refused clientId(String message) {
        return new Refused(
                "client-id.refused",
                message,
                MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED,
                MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID);
    }

    static Refused will(String topic) {
        return new Refused(
                "will.refused",
                "a will on '" + topic + "' is refused: its rules don't allow to publish there",
                MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED,
                MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5);
    }

    String loss() {
        return cause;
    }

    MqttConnectReturnCode code(boolean isVersion5) {
        return isVersion5 ? version5 : version3;
    }
}
