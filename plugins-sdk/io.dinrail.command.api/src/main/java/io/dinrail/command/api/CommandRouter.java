package io.dinrail.command.api;

import io.dinrail.model.api.DeviceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Takes commands, keeps them and sees them through; safe for use by many threads, blocks on the store. */
@ProviderType
public interface CommandRouter {
    /**
     * Takes a command. When this returns it is stored, and survives a crash.
     *
     * @param device whom it is for.
     * @param type what to do.
     * @param params a JSON object as text.
     * @param by who sends it, for the record.
     * @param expires how long it may wait, above zero, at most 30 days.
     * @return the command as accepted.
     * @throws CommandException if the device is unknown, the target refuses it (such as an unknown tag), something is malformed, the device's
     *     queue is full or the store can't be written; nothing was kept.
     */
    Command send(DeviceId device, String type, String params, String by, Duration expires) throws CommandException;

    /** @return the newest commands, newest first, at most 1,000. */
    List<Command> list();

    /**
     * Looks one up.
     *
     * @param id which.
     * @return it; empty if it is unknown.
     */
    Optional<Command> find(String id);

    /**
     * Waits until a command is final.
     *
     * @param id which.
     * @param longest how long to wait.
     * @return the command then, final or not.
     * @throws InterruptedException if the thread is interrupted.
     * @throws CommandException if it is unknown.
     */
    Command await(String id, Duration longest) throws InterruptedException, CommandException;

    /** @return how many commands are not final. */
    int open();
}
