package io.dinrail.broker.internal.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The directory of a log: the seam at which tests tear, flip, fill and crash. */
public interface Disk {
    /** The files in the directory, without those set aside. */
    List<String> names() throws IOException;

    /** Opens or creates; a created name is durable on return. */
    File open(String name) throws IOException;

    /** Deletes; durable on return. */
    void delete(String name) throws IOException;

    /** Keeps bytes for a person to look at; answers false when they were kept before. */
    boolean setAside(String name, byte[] bytes) throws IOException;

    interface File extends Closeable {
        /** Reads until the buffer is full or the file ends. */
        int read(ByteBuffer to, long at) throws IOException;

        /** Writes all of it or throws. */
        void write(ByteBuffer from, long at) throws IOException;

        void force() throws IOException;

        void truncate(long size) throws IOException;

        long size() throws IOException;
    }
}
