package io.dinrail.shell.internal;

import io.dinrail.identity.api.ClientCertificates;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "ca-list", description = "Lists the CAs that were imported")
final class CaListCommand extends ListQuery<ClientCertificates.TrustedCa> {
    @Override
    List<ClientCertificates.TrustedCa> find(Call call) throws Refused {
        return call.services().require(ClientCertificates.class).trusted();
    }

    @Override
    List<String> columns() {
        return List.of("name", "organisation", "subject", "name from", "expires", "list good until");
    }

    @Override
    List<?> row(ClientCertificates.TrustedCa ca) {
        return List.of(
                ca.name(),
                ca.organisation(),
                ca.subject(),
                Texts.name(ca.nameFrom()),
                Shown.cell(ca.expiresAt()),
                Shown.timeCell(ca.crlUntil()));
    }

    @Override
    TagValue element(ClientCertificates.TrustedCa ca) {
        return new JsonObject()
                .put("name", ca.name())
                .put("organisation", ca.organisation())
                .put("subject", ca.subject())
                .put("nameFrom", Texts.name(ca.nameFrom()))
                .put("expiresAt", ca.expiresAt())
                .putOrNull("crlUntil", Shown.time(ca.crlUntil()))
                .toValue();
    }
}
