package io.dinrail.alert.engine.internal;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest cleared alerts and purges those before them, a step at a time. For one thread. */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int STEP = 500;
    /** How many may be too many before it is worth looking. */
    private static final int SLACK = 100;

    private final AlertTable alerts;
    private final int keep;
    private long lookAgainAt;

    Retention(AlertTable alerts, int keep) {
        this.alerts = alerts;
        this.keep = keep;
    }

    /**
     * Takes one step if enough alerts were cleared since the last one.
     *
     * @param cleared how many were cleared since the engine started.
     * @return whether there is more to purge.
     */
    boolean purge(long cleared) {
        if (cleared < lookAgainAt) {
            return false;
        }
        try {
            if (alerts.purge(keep, STEP) == STEP) {
                return true;
            }
        } catch (SQLException e) {
            LOG.debug("old alerts were not purged, which is tried again later", e);
        }
        lookAgainAt = cleared + SLACK;
        return false;
    }
}
