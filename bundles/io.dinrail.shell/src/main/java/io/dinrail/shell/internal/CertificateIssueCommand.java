package io.dinrail.shell.internal;

import io.dinrail.connector.api.Periods;
import io.dinrail.identity.api.ClientCertificates;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "certificate-issue",
        description = "Signs a certificate request with the own CA, for a credential that is there")
final class CertificateIssueCommand extends PlatformCommand {
    @Argument(name = "name", description = "The login name", required = true)
    @Completion(CredentialNames.class)
    private String name;

    @Option(name = "--csr", description = "A file on the server with the request, PKCS #10 in PEM")
    @Completion(FileCompleter.class)
    private @Nullable String csr;

    @Option(name = "--life", description = "How long it is good, 1h to 825d (default 365d)")
    private String life = "365d";

    @Option(name = "--out", description = "A file to be made on the server; printed unless told")
    @Completion(FileCompleter.class)
    private @Nullable String out;

    @Override
    void run(Call call) throws Exception {
        if (csr == null) {
            throw new Refused("a certificate needs a request: give --csr FILE");
        }
        String pem = call.services()
                .require(ClientCertificates.class)
                .issue(call.actor(), name, call.file(csr).text(), Periods.parse(life));
        if (out == null) {
            call.out().print(pem);
        } else {
            call.file(out).write(pem);
            call.out().println("issued a certificate for " + name + " into " + call.path(out));
        }
    }
}
