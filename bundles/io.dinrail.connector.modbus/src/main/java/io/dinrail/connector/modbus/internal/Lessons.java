package io.dinrail.connector.modbus.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was learnt about the units behind one connection: before which addresses a read must begin anew, and which functions they don't know. Kept in the
 * instance's folder, so that a restart does not ask again what was refused. Written by the instance's thread, read by any.
 */
final class Lessons {
    private static final Logger LOG = LoggerFactory.getLogger(Lessons.class);
    private static final String FILE = "lessons.txt";
    private static final int MOST = 10_000;

    private final String connector;
    private final Optional<Path> file;
    private final Set<String> known = new ConcurrentSkipListSet<>();
    private int version;

    Lessons(String connector, Optional<Path> folder) {
        this.connector = connector;
        this.file = folder.map(path -> path.resolve(FILE));
        file.ifPresent(this::load);
    }

    /** @return changes whenever something was learnt or forgotten. */
    int version() {
        return version;
    }

    /** @return how many there are. */
    int size() {
        return known.size();
    }

    boolean isCut(int unit, Area area, int offset) {
        return known.contains(cut(unit, area, offset));
    }

    /** Remembers that no read may go over the boundary before this address. */
    void learnCut(int unit, Area area, int offset) {
        learn(cut(unit, area, offset));
    }

    void forgetCut(int unit, Area area, int offset) {
        forget(cut(unit, area, offset));
    }

    boolean knows(int unit, int function) {
        return !known.contains(without(unit, function));
    }

    /** Remembers that a unit doesn't know a function. */
    void learnUnknown(int unit, int function) {
        learn(without(unit, function));
    }

    void forgetUnknown(int unit, int function) {
        forget(without(unit, function));
    }

    /** Keeps what was learnt since the last time. */
    void save(int since) {
        if (since != version) {
            file.ifPresent(this::store);
        }
    }

    private void learn(String lesson) {
        if (known.size() < MOST && known.add(lesson)) {
            version++;
        }
    }

    private void forget(String lesson) {
        if (known.remove(lesson)) {
            version++;
        }
    }

    private void load(Path path) {
        try {
            Files.readAllLines(path).stream()
                    .filter(line -> line.matches("(cut \\d+ [a-z]+|without \\d+) \\d+"))
                    .limit(MOST)
                    .forEach(known::add);
        } catch (NoSuchFileException e) {
            // nothing learnt yet
        } catch (IOException e) {
            LOG.warn(
                    "{}: what was learnt about its devices can't be read and is learnt anew: {}",
                    connector,
                    e.toString());
        }
    }

    private void store(Path path) {
        try {
            List<String> lines = new ArrayList<>(known);
            Path fresh = path.resolveSibling(FILE + ".new");
            Files.write(fresh, lines);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{}: what was learnt about its devices can't be kept over a restart: {}", connector, e.toString());
        }
    }

    private static String cut(int unit, Area area, int offset) {
        return "cut " + unit + " " + area.toString().toLowerCase(Locale.ROOT) + " " + offset;
    }

    private static String without(int unit, int function) {
        return "without " + unit + " " + function;
    }
}
