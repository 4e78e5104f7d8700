package io.dinrail.shell.internal;

import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKeys;
import io.dinrail.json.api.JsonObject;
import java.util.List;

/** An API key as JSON. */
final class KeyJson {
    private KeyJson() {}

    static JsonObject of(ApiKey key) {
        return new JsonObject()
                .put("id", key.id())
                .put("organisation", key.organisation())
                .put("name", key.name())
                .put("patterns", key.patterns())
                .put("actions", actions(key))
                .put("allowedOrigins", key.allowedOrigins())
                .put("disabled", key.disabled())
                .put("createdAt", key.createdAt())
                .putOrNull("lastUsedAt", Shown.time(key.lastUsedAt()))
                .put("warnings", key.warnings());
    }

    static List<String> actions(ApiKey key) {
        return key.actions().stream().sorted().map(Texts::name).toList();
    }

    /** With its secrets, this once. */
    static JsonObject of(ApiKeys.NewKey made) {
        return new JsonObject()
                .put("id", made.key().id())
                .putOrNull("secret", Shown.text(made.signingSecret()))
                .putOrNull("key", Shown.text(made.oneString()))
                .put("warnings", made.key().warnings());
    }
}
