package io.dinrail.broker.internal.transport;

import java.util.List;

/**
 * What the network is told.
 *
 * @param listeners where to listen.
 * @param largestPacket in bytes, until the handler of a connection says otherwise.
 * @param lowMark pending bytes under which a connection is writable again.
 * @param highMark pending bytes over which it isn't writable any more.
 */
public record TransportSettings(List<Listener> listeners, int largestPacket, int lowMark, int highMark) {
    /** Where a connection's pending bytes are few again. */
    public static final int USUAL_LOW_MARK = 256 * 1024;
    /** Where they are too many. */
    public static final int USUAL_HIGH_MARK = 1024 * 1024;

    /** Copies the list. */
    public TransportSettings {
        listeners = List.copyOf(listeners);
        if (largestPacket < 2) {
            throw new IllegalArgumentException("the shortest packet has 2 bytes, the largest " + largestPacket);
        }
        if (lowMark < 0 || highMark < lowMark) {
            throw new IllegalArgumentException("not two marks: " + lowMark + " and " + highMark);
        }
    }
}
