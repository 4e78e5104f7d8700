package io.dinrail.broker.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A disk that forgets what wasn't forced, sector by sector, and refuses on demand. */
public final class MemoryDisk implements Disk {
    private static final int SECTOR = 64;

    final Map<String, Content> files = new TreeMap<>();
    final Map<String, byte[]> aside = new TreeMap<>();
    long quota = Long.MAX_VALUE;
    int failingForces;
    private boolean hanging;

    static final class Content {
        byte[] now = new byte[0];
        byte[] durable = new byte[0];
        final List<Sector> unforced = new ArrayList<>();
    }

    record Sector(int at, byte[] bytes) {}

    @Override
    public synchronized List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized File open(String name) {
        return new Handle(files.computeIfAbsent(name, n -> new Content()));
    }

    @Override
    public synchronized void delete(String name) {
        files.remove(name);
    }

    @Override
    public synchronized boolean setAside(String name, byte[] bytes) {
        return aside.putIfAbsent(name, bytes) == null;
    }

    /** So many bytes more can be written; then none until it is told otherwise. */
    public synchronized void leaves(long bytes) {
        quota = bytes == Long.MAX_VALUE ? bytes : used() + bytes;
    }

    /** From now on a force doesn't come back, until this is said to be over. */
    public synchronized void hangs(boolean now) {
        hanging = now;
        notifyAll();
    }

    private void hang() throws IOException {
        try {
            while (hanging) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    synchronized long used() {
        return files.values().stream().mapToLong(file -> file.now.length).sum();
    }

    /** What another start would find after a loss of power now. */
    public synchronized MemoryDisk afterPowerLoss(Random random) {
        MemoryDisk after = new MemoryDisk();
        files.forEach((name, content) -> {
            byte[] left = content.durable;
            for (Sector sector : content.unforced) {
                left = random.nextBoolean() ? left : patched(left, sector);
            }
            after.put(name, left);
        });
        return after;
    }

    /** What another start would find after this process was killed now. */
    public synchronized MemoryDisk afterKill() {
        MemoryDisk after = new MemoryDisk();
        files.forEach((name, content) -> after.put(name, content.now.clone()));
        after.aside.putAll(aside);
        return after;
    }

    void put(String name, byte[] bytes) {
        Content content = new Content();
        content.now = bytes;
        content.durable = bytes;
        files.put(name, content);
    }

    private static byte[] patched(byte[] bytes, Sector sector) {
        byte[] patched = Arrays.copyOf(bytes, Math.max(bytes.length, sector.at + sector.bytes.length));
        System.arraycopy(sector.bytes, 0, patched, sector.at, sector.bytes.length);
        return patched;
    }

    private final class Handle implements File {
        private final Content content;

        Handle(Content content) {
            this.content = content;
        }

        @Override
        public int read(ByteBuffer to, long at) {
            synchronized (MemoryDisk.this) {
                int length = (int) Math.max(0, Math.min(to.remaining(), content.now.length - at));
                to.put(content.now, (int) at, length);
                return length;
            }
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            synchronized (MemoryDisk.this) {
                while (from.hasRemaining()) {
                    byte[] bytes = new byte[Math.min(SECTOR, from.remaining())];
                    from.get(bytes);
                    if (used() + Math.max(0, at + bytes.length - content.now.length) > quota) {
                        throw new IOException("No space left on device");
                    }
                    Sector sector = new Sector((int) at, bytes);
                    content.now = patched(content.now, sector);
                    content.unforced.add(sector);
                    at += bytes.length;
                }
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (MemoryDisk.this) {
                hang();
                if (failingForces > 0) {
                    failingForces--;
                    content.unforced.clear(); // As Linux does: the pages count as clean and never reach the disk.
                    throw new IOException("Input/output error");
                }
                content.durable = content.now;
                content.unforced.clear();
            }
        }

        @Override
        public void truncate(long size) {
            synchronized (MemoryDisk.this) {
                content.now = Arrays.copyOf(content.now, (int) size);
                content.durable = content.now;
                content.unforced.clear();
            }
        }

        @Override
        public long size() {
            synchronized (MemoryDisk.this) {
                return content.now.length;
            }
        }

        @Override
        public void close() {}
    }
}
