package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.h2.internal.rules.Grant;
import io.dinrail.identity.h2.internal.rules.TopicText;
import io.dinrail.identity.h2.internal.text.PlainText;
import java.util.Map;
import java.util.Optional;

/** Decides as on a connection, for a credential that need not be connected. */
final class GateExplanation {
    private final StoredCredentials credentials;
    private final GateDoor door;
    private final AccessTable table;

    GateExplanation(StoredCredentials credentials, GateDoor door, AccessTable table) {
        this.credentials = credentials;
        this.door = door;
        this.table = table;
    }

    Decision explain(GateName who, String clientId, Action action, String topic) throws IdentityException {
        if (who.organisation().isEmpty()) {
            throw unknown(who);
        }
        Proof proof = credentials.named(who.organisation().get().id(), who.name());
        if (proof instanceof Proof.Proven proven) {
            return who.organisation().get().disabled()
                    ? denied("its organisation is disabled")
                    : explain(proven, clientId, action, topic);
        }
        Proof.Failed failed = (Proof.Failed) proof;
        if (failed.reason() == Reason.WRONG) {
            throw unknown(who);
        }
        return denied("its credential does not count: " + failed.why());
    }

    private Decision explain(Proof.Proven proven, String clientId, Action action, String topic) {
        if (!new LiveClientIds(proven.clientIds()).allow(clientId)) {
            return denied("its credential may not be used with this client id");
        }
        Optional<Grant> grant = door.grant(proven);
        return grant.map(found -> found.bind(table.facts(proven, clientId, Optional.empty())))
                .map(rights -> rights.explain(action, action == Action.SUBSCRIBE ? TopicText.bare(topic) : topic))
                .orElseGet(() -> denied("there is no rule set " + proven.ruleSet()));
    }

    private static Decision denied(String why) {
        return new Decision(false, why, Map.of());
    }

    private static IdentityException unknown(GateName who) {
        return new IdentityException(
                IdentityException.Reason.UNKNOWN,
                "there is no credential " + PlainText.of(who.login())
                        + ": look at the list; keys and tokens have rights of their own");
    }
}
