package io.dinrail.shell.internal;

import io.dinrail.identity.api.ClientCertificates;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "certificate-list",
        description = "Lists the certificates of the own CA that have not ended")
final class CertificateListCommand extends ListQuery<ClientCertificates.IssuedCertificate> {
    @Override
    List<ClientCertificates.IssuedCertificate> find(Call call) throws Refused {
        return call.services().require(ClientCertificates.class).issued();
    }

    @Override
    List<String> columns() {
        return List.of("serial", "name", "state", "expires");
    }

    @Override
    List<?> row(ClientCertificates.IssuedCertificate certificate) {
        return List.of(
                certificate.serial(),
                certificate.login(),
                certificate.revoked() ? "revoked" : "active",
                Shown.cell(certificate.expiresAt()));
    }

    @Override
    TagValue element(ClientCertificates.IssuedCertificate certificate) {
        return new JsonObject()
                .put("serial", certificate.serial())
                .put("name", certificate.login())
                .put("revoked", certificate.revoked())
                .put("expiresAt", certificate.expiresAt())
                .toValue();
    }
}
