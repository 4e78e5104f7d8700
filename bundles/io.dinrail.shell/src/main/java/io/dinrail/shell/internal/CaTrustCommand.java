package io.dinrail.shell.internal;

import io.dinrail.identity.api.ClientCertificates;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;

@Needs(Role.ADMIN)
@Command(scope = "dinrail", name = "ca-trust", description = "Trusts a CA for the clients of one organisation")
final class CaTrustCommand extends PlatformCommand {
    @Argument(name = "name", description = "Its name here", required = true)
    private String name;

    @Argument(index = 1, name = "file", description = "Its certificate in PEM, a file on the server", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Option(name = "--org", description = "The organisation: its id or an alias")
    @Completion(OrganisationIds.class)
    private String org = Organisation.DEFAULT;

    @Option(
            name = "--name-from",
            description = "Where the client's name stands: subject (default), san-dns, san-uri or san-email")
    @Completion(
            value = StringsCompleter.class,
            values = {"subject", "san-dns", "san-uri", "san-email"})
    private String nameFrom = "subject";

    @Override
    void run(Call call) throws Exception {
        call.services()
                .require(ClientCertificates.class)
                .trust(
                        call.actor(),
                        name,
                        Orgs.id(call.services(), org),
                        call.file(file).text(),
                        Texts.choice(ClientCertificates.NameFrom.class, nameFrom));
        call.out().println("trusted CA " + name);
    }
}
