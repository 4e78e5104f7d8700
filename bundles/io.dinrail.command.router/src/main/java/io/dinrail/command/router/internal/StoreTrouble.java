package io.dinrail.command.router.internal;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers that the store fails and when to try again; logs the beginning and the end. Guarded by its owner. */
final class StoreTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(StoreTrouble.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Optional<Instant> retryAt = Optional.empty();
    private Duration pause = FIRST;

    Optional<Instant> retryAt() {
        return retryAt;
    }

    boolean isOver() {
        return retryAt.isEmpty();
    }

    boolean isDue(Instant now) {
        return retryAt.filter(at -> !now.isBefore(at)).isPresent();
    }

    void failed(SQLException cause, Instant now) {
        if (isOver()) {
            LOG.error(
                    "the progress of commands can't be written and is kept in memory until the store works again: {}",
                    sentence(cause));
        }
        retryAt = Optional.of(now.plus(pause));
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }

    void mended() {
        if (!isOver()) {
            LOG.info("the progress of commands is written again, and nothing is waiting");
        }
        retryAt = Optional.empty();
        pause = FIRST;
    }

    /** A disk's trouble is said as the disk says it; of others the driver appends the statement, which is of no use to an operator. */
    static String sentence(SQLException cause) {
        String disk = "";
        for (Throwable deeper = cause.getCause(); deeper != null; deeper = deeper.getCause()) {
            disk = deeper instanceof IOException ? requireNonNullElse(deeper.getMessage(), disk) : disk;
        }
        if (!disk.isEmpty()) {
            return disk + ": see to the disk of the data folder";
        }
        String message = requireNonNullElse(cause.getMessage(), cause.toString());
        return message.split("; SQL statement|\n", 2)[0];
    }
}
