package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.Losses;
import io.moquette.broker.MoquetteCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** The file that the engine keeps everything in. What can't be read is set aside, so that the broker starts again by itself. */
final class Store {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Clock clock;
    private final Losses losses;

    Store(Path file, Clock clock, Losses losses) {
        this.file = file;
        this.clock = clock;
        this.losses = losses;
    }

    /** @throws IOException if it can't be opened now; one sentence for the operator. */
    MoquetteCore open(Function<Path, MoquetteCore> opener) throws IOException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new IOException("the broker's folder " + file.getParent() + " can't be made: " + e.getMessage(), e);
        }
        try {
            return opener.apply(file);
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new IOException(file + " is in use by another process: stop it or set DINRAIL_DATA", e);
            }
            return again(opener, e);
        } catch (RuntimeException e) {
            return again(opener, e);
        }
    }

    private MoquetteCore again(Function<Path, MoquetteCore> opener, RuntimeException why) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + STAMP.format(clock.instant()));
        if (!Files.exists(file)) {
            throw new IOException(file + " can't be made: " + why.getMessage(), why);
        }
        Files.move(file, aside);
        losses.count(
                "store.damaged",
                "broker",
                "sessions and retained messages can't be read and are set aside as " + aside
                        + "; starting without them",
                why);
        try {
            return opener.apply(file);
        } catch (RuntimeException e) {
            throw new IOException(file + " can't be opened: " + e.getMessage(), e);
        }
    }
}
