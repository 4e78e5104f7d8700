package io.dinrail.shell.internal;

import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.Role;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.support.completers.FileCompleter;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "audit-export",
        description = "Writes the audit log into a file, one JSON object a line")
final class AuditExportCommand extends PlatformCommand {
    @Argument(name = "file", description = "The file to be made, on the server", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Override
    String recorded() {
        return file;
    }

    @Override
    void run(Call call) throws Exception {
        Audit audit = call.services().require(Audit.class);
        try (OutputStream out = call.file(file).create()) {
            long entries = audit.export(out);
            call.out().println("wrote " + entries + " entries into " + call.path(file));
        } catch (IOException e) {
            throw new Refused("can't write " + call.path(file) + " on the server: look whether its disk is full");
        }
    }
}
