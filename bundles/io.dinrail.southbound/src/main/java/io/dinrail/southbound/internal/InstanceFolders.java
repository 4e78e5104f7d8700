package io.dinrail.southbound.internal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders in which connectors keep keys, certificates and lessons; only the platform's user may enter them. Safe for use by many threads.
 *
 * @param root where they are; empty if nothing can be kept.
 */
record InstanceFolders(Optional<Path> root) {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceFolders.class);

    /** @return the folder of an instance, made if it is missing; empty if it can't be. */
    Optional<Path> of(String instance) {
        return root.map(folder -> folder.resolve(instance)).filter(this::made);
    }

    private boolean made(Path folder) {
        try {
            Files.createDirectories(folder, ownerOnly());
            return true;
        } catch (IOException e) {
            LOG.error("{} can't be made, so that its connector keeps nothing over a restart: {}", folder, e.toString());
            return false;
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
