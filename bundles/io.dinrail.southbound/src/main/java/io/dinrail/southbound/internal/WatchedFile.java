package io.dinrail.southbound.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Notices that a file was saved, once it has stayed the same between two looks; safe for use by many threads. */
final class WatchedFile {
    private final Path path;
    private String read = "";
    private String seen = "";

    WatchedFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** To be called just before the file is read: what is saved after this moment is noticed. */
    synchronized void reading() {
        read = stamp();
        seen = read;
    }

    /** @return whether the file differs from what was read, and is no longer being written. */
    synchronized boolean changed() {
        String now = stamp();
        boolean stable = now.equals(seen);
        seen = now;
        return stable && !now.equals(read);
    }

    private String stamp() {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            // the key changes when an editor puts a new file in the old one's place
            return file.lastModifiedTime() + " " + file.size() + " " + file.fileKey();
        } catch (IOException e) {
            return "missing";
        }
    }
}
