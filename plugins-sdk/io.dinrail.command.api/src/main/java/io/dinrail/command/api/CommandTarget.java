package io.dinrail.command.api;

import io.dinrail.model.api.DeviceId;
import org.osgi.annotation.versioning.ConsumerType;

/** Carries commands out; registered as a service. Of several that serve a command, the one with the highest service ranking gets it. */
@ConsumerType
public interface CommandTarget {
    /**
     * Tells whether this target can be asked; answers from memory.
     *
     * @param device whom a command is for.
     * @param type its type.
     * @return whether commands of this type to this device are this target's.
     */
    boolean serves(DeviceId device, String type);

    /**
     * Looks at a command before it is taken; answers from memory.
     *
     * @param device whom it is for.
     * @param type its type.
     * @param params its parameters, a JSON object as text.
     * @throws CommandException with {@link CommandException.Reason#REFUSED} if it can't be carried out, such as an unknown tag.
     */
    void check(DeviceId device, String type, String params) throws CommandException;

    /**
     * Carries a command out, or begins to; returns at once. May come again for a command that was handed over before and not heard of since:
     * a target that can't tell whether it was done passes it on with the same id, or says so.
     *
     * @param command the command.
     * @param progress hears how it goes, from any thread, now or later.
     */
    void deliver(Command command, Progress progress);

    /** Hears how a command goes; safe for use by many threads. Reports on a final command are ignored. */
    interface Progress {
        /**
         * Reports a state. {@link CommandState#SENT} is in the store when this returns (unless the store fails, which is then retried), so a target that
         * acts itself reports it first and acts then: should the platform crash in between, the command comes again with that state, and the target
         * knows that it may have acted. Every other state is kept in the background, and this returns at once.
         *
         * @param state any but {@link CommandState#ACCEPTED}.
         * @param result JSON text; empty if there is none.
         */
        void reached(CommandState state, String result);

        /**
         * Reports that the device can't be reached now; the router tries again when {@link CommandWaker} says so, or after a while.
         *
         * @param reason one sentence.
         */
        void unreachable(String reason);
    }
}
