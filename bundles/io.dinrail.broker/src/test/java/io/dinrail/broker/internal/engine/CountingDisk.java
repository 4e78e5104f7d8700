package io.dinrail.broker.internal.engine;

import io.dinrail.broker.internal.store.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how often something is forced. */
public final class CountingDisk implements Disk {
    private final Disk disk;
    private final AtomicLong forces = new AtomicLong();

    public CountingDisk(Disk disk) {
        this.disk = disk;
    }

    public long forces() {
        return forces.get();
    }

    @Override
    public List<String> names() throws IOException {
        return disk.names();
    }

    @Override
    public File open(String name) throws IOException {
        return new Counting(disk.open(name));
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public boolean setAside(String name, byte[] bytes) throws IOException {
        return disk.setAside(name, bytes);
    }

    private final class Counting implements File {
        private final File file;

        Counting(File file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer to, long at) throws IOException {
            return file.read(to, at);
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            file.write(from, at);
        }

        @Override
        public void force() throws IOException {
            forces.incrementAndGet();
            file.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
