package io.dinrail.shell.internal;

import io.dinrail.identity.api.ClientCertificates;
import java.util.List;
import java.util.stream.Stream;

/** Completes certificates of the own CA. */
final class CertificateSerials extends Ids {
    CertificateSerials(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(ClientCertificates.class).map(ClientCertificates::issued).orElse(List.of()).stream()
                .filter(certificate -> !certificate.revoked())
                .map(ClientCertificates.IssuedCertificate::serial);
    }
}
