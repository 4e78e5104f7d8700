package io.dinrail.southbound.internal;

import java.nio.file.Path;

/** How files are named in messages. */
final class Shown {
    private Shown() {}

    /** Names a configuration file by its folder and name, as people know it: {@code etc/x.cfg}. */
    static String file(Path file) {
        Path folder = file.getParent();
        Path short_ = folder == null || folder.getFileName() == null
                ? file
                : folder.getFileName().resolve(file.getFileName());
        return short_.toString();
    }

    /** Names a file below the etc folder from there, and any other in full. */
    static String below(Path etc, Path file) {
        return file.startsWith(etc) && etc.getFileName() != null
                ? etc.getFileName().resolve(etc.relativize(file)).toString()
                : file.toString();
    }
}
