package io.dinrail.shell.internal;

import io.dinrail.identity.api.ClientCertificates;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.support.completers.FileCompleter;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "ca-crl", description = "Takes an imported CA's list of revoked certificates")
final class CaCrlCommand extends PlatformCommand {
    private static final int LARGEST = 16 << 20;

    @Argument(name = "name", description = "Its name here", required = true)
    @Completion(CaNames.class)
    private String name;

    @Argument(index = 1, name = "file", description = "The list in PEM or DER, a file on the server", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Override
    void run(Call call) throws Exception {
        call.services()
                .require(ClientCertificates.class)
                .revocations(call.actor(), name, call.file(file).bytes(LARGEST));
        call.out().println("took the list of CA " + name);
    }
}
