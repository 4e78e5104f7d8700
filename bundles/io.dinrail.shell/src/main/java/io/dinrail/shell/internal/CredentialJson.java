package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Issued;
import io.dinrail.json.api.JsonObject;

/** A credential as JSON, without its secrets. */
final class CredentialJson {
    private CredentialJson() {}

    static JsonObject of(Credential credential) {
        return new JsonObject()
                .put("name", credential.name())
                .put("kind", Texts.name(credential.principal().kind()))
                .put("organisation", credential.principal().organisation())
                .putOrNull("displayName", Shown.text(credential.displayName()))
                .put("ruleSet", credential.ruleSet())
                .put("clientIds", credential.clientIds())
                .put("state", Texts.name(credential.state()))
                .put("secrets", credential.secrets())
                .put("createdAt", credential.createdAt())
                .putOrNull("expiresAt", Shown.time(credential.expiresAt()))
                .putOrNull("lastUsedAt", Shown.time(credential.lastUsedAt()));
    }

    /** With its secret, this once; null where it has none or its owner holds it already. */
    static JsonObject of(Issued issued) {
        return new JsonObject()
                .put("username", issued.credential().name())
                .putOrNull("password", Shown.text(issued.secret()))
                .put("clientIds", issued.credential().clientIds());
    }

    static Credential known(Credentials credentials, String name) throws Refused {
        return credentials
                .find(name)
                .orElseThrow(() -> new Refused(
                        "credential '" + name + "' is unknown: dinrail:credential-list shows the known ones"));
    }
}
