package io.dinrail.broker.moquette.internal;

import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import java.util.Optional;

/** How one client leaves: what becomes of its will and its session. Used by the channel's own loop only. */
final class Farewell {
    private final Hall hall;
    private final Login login;
    private final Client client;
    private boolean said;
    private boolean willCovered = true;
    private Optional<End> ended = Optional.empty();

    Farewell(Hall hall, Login login) {
        this.hall = hall;
        this.login = login;
        this.client = login.client();
    }

    void begin() {
        if (!login.isClean()) {
            login.core().keep(client.id(), login.expiry());
        }
    }

    /** Rules changed. */
    void recheck() {
        willCovered = mayPublishWill();
    }

    void said(MqttMessage disconnect) {
        boolean withWill = disconnect.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
                && header.reasonCode() != 0;
        limitSession();
        said = !withWill;
        client.leavesBy(withWill ? "client_disconnect" : "normal");
    }

    void ended(End why) {
        ended = Optional.of(why);
    }

    /** To be called before the engine hears that the client goes: a session stays no longer than whose it is. */
    void limitSession() {
        if (!said && login.isKept() && client.access().until().isPresent()) {
            login.core().keep(client.id(), login.keptFrom(hall.clock().instant()));
        }
    }

    /**
     * To be called when the engine has heard of it, and while the access is still there to be asked.
     *
     * @param accepted whether it was told that it is let in, from when on its will counts.
     * @param connected whether others were told that it is there, which is a moment later.
     */
    void gone(boolean accepted, boolean connected) {
        if (accepted && !said) {
            login.will().ifPresent(this::publish);
        }
        if (connected) {
            hall.presence().left(client.principal(), client.leaving());
        }
        if (ended.filter(End.REVOKED::equals).isPresent()) {
            hall.wills().forget(client.owner());
            login.core().forget(client.owner());
        }
        login.core().left(client.id());
        client.gone().complete(null);
    }

    private void publish(Will will) {
        boolean allowed = ended.map(why -> why == End.EXPIRED && willCovered).orElseGet(this::mayPublishWill);
        if (allowed) {
            hall.wills().left(client, will, login.core());
        } else {
            hall.losses()
                    .count(
                            "will.refused",
                            client.shownId(),
                            "may not publish its will on '" + will.message().topic() + "' any more: dropped");
        }
    }

    private boolean mayPublishWill() {
        return login.will()
                .map(will -> hall.allows(client, Action.PUBLISH, will.message().topic()))
                .orElse(true);
    }
}
