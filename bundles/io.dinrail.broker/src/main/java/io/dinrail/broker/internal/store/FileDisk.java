package io.dinrail.broker.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the file system. */
public final class FileDisk implements Disk {
    private final Path directory;

    public FileDisk(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Override
    public File open(String name) throws IOException {
        Path path = directory.resolve(name);
        boolean created = !Files.exists(path);
        ChannelFile file = new ChannelFile(path);
        if (created) {
            sync(directory);
        }
        return file;
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
        sync(directory);
    }

    @Override
    public boolean setAside(String name, byte[] bytes) throws IOException {
        Path aside = Files.createDirectories(directory.resolve("damaged"));
        Path kept = aside.resolve(name);
        if (Files.exists(kept)) {
            return false;
        }
        Path draft = aside.resolve(name + ".tmp");
        Files.write(draft, bytes);
        sync(draft);
        Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
        sync(aside);
        return true;
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** A channel dies when a thread that uses it is interrupted; the log must not, so it is opened again. */
    private static final class ChannelFile implements File {
        private final Path path;
        private volatile FileChannel channel;
        private volatile boolean closed;

        ChannelFile(Path path) throws IOException {
            this.path = path;
            this.channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        @Override
        public int read(ByteBuffer to, long at) throws IOException {
            int start = to.position();
            return surviving(open -> {
                to.position(start);
                while (to.hasRemaining() && open.read(to, at + to.position() - start) >= 0) {}
                return to.position() - start;
            });
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            int start = from.position();
            surviving(open -> {
                from.position(start);
                while (from.hasRemaining()) {
                    open.write(from, at + from.position() - start);
                }
                return 0;
            });
        }

        @Override
        public void force() throws IOException {
            surviving(open -> {
                open.force(false);
                return 0;
            });
        }

        @Override
        public void truncate(long size) throws IOException {
            surviving(open -> {
                open.truncate(size);
                return 0;
            });
        }

        @Override
        public long size() throws IOException {
            return Files.size(path);
        }

        @Override
        public synchronized void close() throws IOException {
            closed = true;
            channel.close();
        }

        private int surviving(Use use) throws IOException {
            boolean interrupted = false;
            try {
                while (true) {
                    FileChannel open = channel;
                    try {
                        return use.on(open);
                    } catch (ClosedByInterruptException e) {
                        interrupted |= Thread.interrupted();
                        reopen(open);
                    } catch (ClosedChannelException e) {
                        reopen(open);
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private synchronized void reopen(FileChannel dead) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (channel == dead) {
                channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            }
        }

        private interface Use {
            int on(FileChannel channel) throws IOException;
        }
    }
}
