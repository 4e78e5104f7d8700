package io.dinrail.shell.internal;

import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKeys;
import io.dinrail.identity.api.Role;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "key-list", description = "Lists the API keys, without their secrets")
final class KeyListCommand extends ListQuery<ApiKey> {
    @Override
    List<ApiKey> find(Call call) throws Refused {
        return call.services().require(ApiKeys.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("id", "organisation", "name", "patterns", "actions", "state", "created", "last used");
    }

    @Override
    List<?> row(ApiKey key) {
        return List.of(
                key.id(),
                key.organisation(),
                key.name(),
                String.join(",", key.patterns()),
                String.join(",", KeyJson.actions(key)),
                key.disabled() ? "disabled" : "active",
                Shown.cell(key.createdAt()),
                Shown.timeCell(key.lastUsedAt()));
    }

    @Override
    TagValue element(ApiKey key) {
        return KeyJson.of(key).toValue();
    }
}
