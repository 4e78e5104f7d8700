package io.dinrail.shell.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "credential-import",
        description = "Issues the credentials of a CSV file, all of them or none")
final class CredentialImportCommand extends PlatformCommand {
    private static final int SHOWN = 50;

    @Argument(
            name = "file",
            description =
                    "The file, on the server, with the columns name, rule_set, client_ids, display_name, expires, secret",
            required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Option(
            name = "--out",
            description = "A file to be made on the server, for the names and passwords; printed unless told")
    @Completion(FileCompleter.class)
    private @Nullable String out;

    @Option(name = "--org", description = "The organisation: its id or an alias")
    @Completion(OrganisationIds.class)
    private String org = Organisation.DEFAULT;

    @Override
    void run(Call call) throws Exception {
        Credentials credentials = call.services().require(Credentials.class);
        String organisation = Orgs.id(call.services(), org);
        List<CredentialOrder> orders = new CredentialFile(credentials, organisation).read(call.file(file));
        if (out == null && orders.size() > SHOWN) {
            throw new Refused(orders.size() + " credentials are too many to show: give --out FILE; nothing was issued");
        }
        if (out == null) {
            write(credentials.issueAll(call.actor(), orders), call.out());
        } else {
            issueInto(call.file(out), credentials, orders, call);
        }
    }

    /** The file first: where it can't be made, nothing is issued whose password would then be lost. */
    private static void issueInto(ServerFile to, Credentials credentials, List<CredentialOrder> orders, Call call)
            throws Exception {
        List<Issued> issued = List.of();
        try (OutputStream stream = to.create()) {
            issued = credentials.issueAll(call.actor(), orders);
            write(issued, stream);
        } catch (IOException e) {
            throw new Refused("the credentials were issued, but " + to.path()
                    + " could not be written: look whether its disk is full, and rotate those that it lacks");
        } finally {
            if (issued.isEmpty()) {
                Files.deleteIfExists(to.path());
            }
        }
        call.out()
                .println("issued " + issued.size() + " credentials; their passwords stand in " + to.path()
                        + " and nowhere else");
    }

    private static void write(List<Issued> issued, OutputStream to) throws IOException {
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(new OutputStreamWriter(to, UTF_8));
        csv.writeRecord("username", "password", "client_ids");
        for (Issued one : issued) {
            csv.writeRecord(
                    one.credential().name(),
                    one.secret(),
                    String.join(",", one.credential().clientIds()));
        }
        csv.flush();
    }
}
