package io.dinrail.shell.internal;

import io.dinrail.identity.api.ClientCertificates;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "certificate-revoke",
        description = "Revokes a certificate of the own CA and closes its connections")
final class CertificateRevokeCommand extends PlatformCommand {
    @Argument(name = "serial", description = "Its serial number, in hexadecimal", required = true)
    @Completion(CertificateSerials.class)
    private String serial;

    @Override
    void run(Call call) throws Exception {
        call.services().require(ClientCertificates.class).revoke(call.actor(), serial);
        call.out().println("revoked certificate " + serial);
    }
}
