package io.dinrail.broker.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Walks the frames of a segment through a window, so that a large one costs little memory. */
final class SegmentScan {
    private static final int WINDOW = 1 << 20;

    private final Disk.File file;
    private final Frames frames;
    private final long size;

    private byte[] window = new byte[WINDOW];
    private long windowStart;
    private int windowLength;

    private int frame;
    private int bodyLength;

    SegmentScan(Disk.File file, Frames frames, long size) {
        this.file = file;
        this.frames = frames;
        this.size = size;
    }

    /** Whether a whole frame stands here; the accessors below then tell of it. */
    boolean at(long offset) throws IOException {
        if (size - offset < Frames.HEADER || !holds(offset, Frames.HEADER)) {
            return false;
        }
        int start = (int) (offset - windowStart);
        int length = Frames.getInt(window, start + Frames.LENGTH);
        if (Frames.getInt(window, start) != frames.mark()
                || length < 0
                || length > size - offset - Frames.HEADER
                || !holds(offset, Frames.HEADER + length)) {
            return false;
        }
        frame = (int) (offset - windowStart);
        bodyLength = length;
        return frames.whole(window, frame, length);
    }

    /** The next offset at or behind this one with a whole frame, or the size when there is none. */
    long next(long from) throws IOException {
        for (long offset = from; offset + Frames.HEADER <= size; offset++) {
            if (holds(offset, 4)
                    && Frames.getInt(window, (int) (offset - windowStart)) == frames.mark()
                    && at(offset)) {
                return offset;
            }
        }
        return size;
    }

    long sequence() {
        return Frames.getLong(window, frame + Frames.SEQUENCE);
    }

    long forced() {
        return Frames.getLong(window, frame + Frames.FORCED);
    }

    byte[] bytes() {
        return window;
    }

    int body() {
        return frame + Frames.HEADER;
    }

    int bodyLength() {
        return bodyLength;
    }

    int frameLength() {
        return Frames.HEADER + bodyLength;
    }

    private boolean holds(long offset, int length) throws IOException {
        if (offset >= windowStart && offset + length <= windowStart + windowLength) {
            return true;
        }
        if (length > window.length) {
            window = new byte[length];
        } else if (window.length > WINDOW && length <= WINDOW) {
            window = Arrays.copyOf(window, WINDOW);
        }
        int wanted = (int) Math.min(window.length, size - offset);
        windowStart = offset;
        windowLength = file.read(ByteBuffer.wrap(window, 0, wanted), offset);
        return windowLength >= length;
    }
}
