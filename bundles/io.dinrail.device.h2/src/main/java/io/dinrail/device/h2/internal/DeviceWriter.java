package io.dinrail.device.h2.internal;

import io.dinrail.model.api.DeviceId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores newcomers, many in one transaction; when the store fails it tries again, ever more slowly, until it is mended. */
final class DeviceWriter implements Runnable {
    /** Stores those of the devices that are still in the register. */
    interface Target {
        void save(List<DeviceId> ids) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(DeviceWriter.class);
    private static final int BATCH = 500;
    private static final int MOST_DOUBLINGS = 6;

    private final Newcomers newcomers;
    private final Target target;
    private final Duration firstPause;

    DeviceWriter(Newcomers newcomers, Target target, Duration firstPause) {
        this.newcomers = newcomers;
        this.target = target;
        this.firstPause = firstPause;
    }

    @Override
    public void run() {
        try {
            for (List<DeviceId> batch = newcomers.take(BATCH); !batch.isEmpty(); batch = newcomers.take(BATCH)) {
                store(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(List<DeviceId> batch) throws InterruptedException {
        int failures = 0;
        while (!saved(batch, failures == 0)) {
            failures++;
            if (!newcomers.pause(firstPause.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)))) {
                LOG.warn("{} new devices were not stored; each is added again when it is heard of again", batch.size());
                return;
            }
        }
        if (failures > 0) {
            LOG.info("new devices are stored again, after {} failures", failures);
        }
        long turnedAway = newcomers.turnedAway();
        if (turnedAway > 0) {
            LOG.info("{} times a new device had to wait until it is heard of again", turnedAway);
        }
    }

    private boolean saved(List<DeviceId> batch, boolean first) {
        try {
            target.save(batch);
            return true;
        } catch (SQLException | RuntimeException e) {
            if (first) {
                LOG.error("new devices can't be stored and wait in memory until the store is mended", e);
            }
            return false;
        }
    }
}
