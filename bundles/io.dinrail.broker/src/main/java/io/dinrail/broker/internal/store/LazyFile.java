package io.dinrail.broker.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A file that is created when it is first needed: an append doesn't touch the disk, which may be full. */
final class LazyFile implements Disk.File {
    private final Disk disk;
    private final String name;
    private Disk.@Nullable File file;

    LazyFile(Disk disk, String name) {
        this.disk = disk;
        this.name = name;
    }

    private synchronized Disk.File file() throws IOException {
        Disk.File open = file;
        if (open == null) {
            open = disk.open(name);
            file = open;
        }
        return open;
    }

    @Override
    public int read(ByteBuffer to, long at) throws IOException {
        return file().read(to, at);
    }

    @Override
    public void write(ByteBuffer from, long at) throws IOException {
        file().write(from, at);
    }

    @Override
    public void force() throws IOException {
        file().force();
    }

    @Override
    public void truncate(long size) throws IOException {
        file().truncate(size);
    }

    @Override
    public long size() throws IOException {
        return file().size();
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
