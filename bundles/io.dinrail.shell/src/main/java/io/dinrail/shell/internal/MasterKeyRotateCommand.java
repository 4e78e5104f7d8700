package io.dinrail.shell.internal;

import io.dinrail.identity.api.MasterKeys;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.ADMIN)
@Command(
        scope = "dinrail",
        name = "master-key-rotate",
        description = "Makes a new master key; credentials go on working")
final class MasterKeyRotateCommand extends PlatformCommand {
    @Override
    void run(Call call) throws Exception {
        MasterKeys keys = call.services().require(MasterKeys.class);
        keys.rotate(call.actor());
        call.out().println("the master key is a new one, from " + keys.source() + ": make a new backup");
    }
}
