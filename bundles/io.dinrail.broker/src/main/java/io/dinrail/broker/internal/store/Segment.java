package io.dinrail.broker.internal.store;

import java.util.Locale;

/** One file of the log. */
final class Segment {
    static final String SUFFIX = ".log";

    final int id;
    final Disk.File file;
    final Frames frames;

    /** Where the next frame goes; guarded by the log's lock. */
    long end;
    /** Up to here the file holds what was appended; behind it memory does. */
    volatile long written;
    /** Estimated bytes of what lives; guarded by the store's lock. */
    long live;
    /** Whether bytes in it can't be read, or its first frame is missing; it is not gone on with, and compaction takes it first. */
    volatile boolean damaged;

    Segment(int id, Disk.File file, Frames frames, long end) {
        this.id = id;
        this.file = file;
        this.frames = frames;
        this.end = end;
        this.written = end;
    }

    static String name(int id) {
        return String.format(Locale.ROOT, "%016x%s", id, SUFFIX);
    }

    static boolean isName(String name) {
        return name.matches("[0-9a-f]{16}\\.log");
    }

    static int id(String name) {
        return Integer.parseInt(name.substring(0, 16), 16);
    }
}
