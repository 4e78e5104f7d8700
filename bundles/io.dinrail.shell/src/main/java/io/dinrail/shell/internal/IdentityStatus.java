package io.dinrail.shell.internal;

import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.MasterKeys;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.ServerKeys;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Identity at a glance.
 *
 * @param credentials how many there are.
 * @param disabled how many of them are disabled or have expired.
 * @param masterKey where the master key comes from; empty where nobody tells.
 * @param certificateUntil when the server certificate ends; empty where nobody tells.
 * @param refused logins refused since the start.
 * @param dropped entries that the audit log could not hold since the start.
 * @param audit what happened since the start, by kind.
 */
record IdentityStatus(
        int credentials,
        long disabled,
        int organisations,
        Optional<String> masterKey,
        Optional<Instant> certificateUntil,
        long refused,
        long dropped,
        Map<String, Long> audit) {
    static Optional<IdentityStatus> of(Services services) {
        return services.find(Credentials.class).map(credentials -> {
            List<Credential> all = credentials.list();
            Map<String, Long> counts =
                    new TreeMap<>(services.find(Audit.class).map(Audit::counts).orElse(Map.of()));
            return new IdentityStatus(
                    all.size(),
                    all.stream()
                            .filter(credential -> credential.state() != Credential.State.ACTIVE)
                            .count(),
                    services.find(Organisations.class)
                            .map(Organisations::list)
                            .map(List::size)
                            .orElse(1),
                    services.find(MasterKeys.class).map(MasterKeys::source),
                    services.find(ServerKeys.class).map(ServerKeys::expiresAt),
                    counts.getOrDefault("login.refused", 0L),
                    counts.getOrDefault("dropped", 0L),
                    counts);
        });
    }

    TagValue json() {
        JsonObject counts = new JsonObject();
        audit.forEach(counts::put);
        return new JsonObject()
                .put("credentials", credentials)
                .put("disabled", disabled)
                .put("organisations", organisations)
                .putOrNull("masterKey", Shown.text(masterKey))
                .putOrNull("certificateUntil", Shown.time(certificateUntil))
                .put("refused", refused)
                .put("audit", counts.toValue())
                .toValue();
    }

    /** On one line. */
    @Override
    public String toString() {
        return credentials + " credentials, " + disabled + " of them not active, " + organisations
                + " organisations, " + refused + " logins refused, " + dropped
                + " audit entries dropped, master key from " + masterKey.orElse("nowhere") + ", certificate until "
                + Shown.timeCell(certificateUntil);
    }
}
