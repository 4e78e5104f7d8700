package io.dinrail.alert.engine.internal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sees to it that what was decided comes into the store, at once or as soon as that works again. Guarded by its owner. */
final class Keeper {
    private final Set<Watch> unsaved = new LinkedHashSet<>();
    private final StoreTrouble trouble = new StoreTrouble();
    private final AlertTable alerts;
    private final Outbox outbox;

    Keeper(AlertTable alerts, Outbox outbox) {
        this.alerts = alerts;
        this.outbox = outbox;
    }

    /** While the store fails only the retry asks it, so that the feed doesn't wait at every reading. */
    void save(Watch watch, Instant now) {
        unsaved.add(watch);
        if (trouble.isOver()) {
            saveAll(now);
        }
    }

    /** Saves what a watch still holds, or says why that can't be done now. */
    void settle(Watch watch) throws SQLException {
        watch.save(alerts, outbox);
        unsaved.remove(watch);
    }

    void retry(Instant now) {
        if (trouble.isDue(now)) {
            saveAll(now);
        }
    }

    Optional<Instant> retryAt() {
        return trouble.retryAt();
    }

    /** @return how many watches hold something that could not be kept. */
    int saveAll(Instant now) {
        for (Watch watch : List.copyOf(unsaved)) {
            try {
                settle(watch);
            } catch (SQLException e) {
                trouble.failed(e, now);
                return unsaved.size();
            }
        }
        trouble.mended();
        return 0;
    }
}
