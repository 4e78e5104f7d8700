package io.dinrail.shell.internal;

import io.dinrail.identity.api.MasterKeys;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.support.completers.FileCompleter;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "backup-create",
        description = "Writes database and keys into one file; whoever has it has everything")
final class BackupCreateCommand extends PlatformCommand {
    @Argument(name = "file", description = "The file to be made, on the server", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Override
    void run(Call call) throws Exception {
        call.services().require(MasterKeys.class).backUp(call.actor(), call.path(file));
        call.out().println("wrote the backup " + call.path(file) + ", keep it as you keep the master key");
    }
}
