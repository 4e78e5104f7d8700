package io.dinrail.shell.internal;

import io.dinrail.alert.api.RuleException;
import io.dinrail.command.api.CommandException;
import io.dinrail.device.api.DeviceException;
import io.dinrail.identity.api.IdentityException;

/** One command, made for one run. Its fields are filled from the command line; it succeeds, or it ends in one sentence. */
abstract class PlatformCommand {
    /** Does what was asked; throws only what has a sentence for the person who asked, unless the program itself is wrong. */
    abstract void run(Call call) throws Exception;

    /** What it does something to, for the audit log; empty where it changes nothing, or identity records the change itself. Never a secret. */
    String recorded() {
        return "";
    }

    final void execute(Call call) throws Exception {
        try {
            run(call);
        } catch (DeviceException | IdentityException | RuleException | CommandException | IllegalArgumentException e) {
            throw new Refused(e);
        }
    }
}
