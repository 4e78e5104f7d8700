package io.dinrail.command.router.internal;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest final commands and purges those before them, a step at a time. For one thread. */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int STEP = 500;
    /** How many may be too many before it is worth looking. */
    private static final int SLACK = 1_000;

    private final CommandTable commands;
    private final int keep;
    private long lookAgainAt;

    Retention(CommandTable commands, int keep) {
        this.commands = commands;
        this.keep = keep;
    }

    /**
     * Takes one step if enough commands were closed since the last one.
     *
     * @param closed how many were closed since the router started.
     * @return whether there is more to purge.
     */
    boolean purge(long closed) {
        if (closed < lookAgainAt) {
            return false;
        }
        try {
            if (commands.purge(keep, STEP) == STEP) {
                return true;
            }
        } catch (SQLException e) {
            LOG.debug("old commands were not purged, which is tried again later", e);
        }
        lookAgainAt = closed + SLACK;
        return false;
    }
}
