package io.dinrail.broker.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second broker from writing into the same folder, of this process or another. */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws IOException if it can't be had; one sentence for the operator. */
    static FolderLock take(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException("the broker's folder " + folder + " can't be made: " + e.getMessage(), e);
        }
        FileChannel channel =
                FileChannel.open(folder.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // it is somebody in this process, which makes no difference
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException(folder + " is in use by another broker: stop it or set DINRAIL_DATA");
    }

    /** Gives it back; the file stays. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
