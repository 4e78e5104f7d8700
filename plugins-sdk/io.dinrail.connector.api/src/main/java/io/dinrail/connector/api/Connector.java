package io.dinrail.connector.api;

import io.dinrail.model.api.TagValue;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Talks to the devices behind one connection. All methods are called from one thread at a time, the instance's own, and block at most about the
 * configured timeout. The host owns schedule, back-off, quality, scaling, staleness and read-back: a connector only speaks its protocol.
 *
 * @param <P> what an address means in this protocol, parsed once; the host keeps it and hands it back.
 */
@ConsumerType
public interface Connector<P> {
    /**
     * Parses a tag's address, type and own columns. May be called before {@link #open} and must not do any I/O.
     *
     * @param tag a row of the tags file.
     * @return the parsed point; two equal rows give equal points.
     * @throws SettingException if the row is refused; it names the column.
     */
    P point(TagSpec tag);

    /**
     * Connects. After a failure, or after any method failed with {@link ConnectorException.Reason#LOST}, it is called again, with {@link #close}
     * before it.
     *
     * @throws ConnectorException if the connection could not be made.
     */
    void open() throws ConnectorException;

    /**
     * Reads points in as few exchanges as the protocol allows.
     *
     * @param points at least one.
     * @return one sample a point, in order; a point that the device refuses is BAD and hurts only itself.
     * @throws ConnectorException if the connection failed and nothing was read.
     */
    List<Sample> read(List<P> points) throws ConnectorException;

    /**
     * Tells which way values come.
     *
     * @return whether {@link #subscribe} is to be used rather than polling with {@link #read}.
     */
    default boolean subscribes() {
        return false;
    }

    /**
     * Asks the device to report changes of all these points, from now until {@link #close}; replaces what was subscribed before. Only called if
     * {@link #subscribes()}, after {@link #open}.
     *
     * @param points all points to report, possibly none.
     * @param sink takes the samples; safe to call from any thread, returns at once.
     * @throws ConnectorException if the connection failed.
     */
    default void subscribe(List<Subscribed<P>> points, SampleSink<P> sink) throws ConnectorException {
        throw new ConnectorException(ConnectorException.Reason.REFUSED, "this connector reads by polling only");
    }

    /**
     * Checks that a connection on which nothing else goes on is alive; called every few seconds while subscribed.
     *
     * @throws ConnectorException if it isn't.
     */
    default void probe() throws ConnectorException {}

    /**
     * Writes one point. The host reads it back afterwards.
     *
     * @param point where.
     * @param value in the device's raw unit, already limited and unscaled.
     * @throws ConnectorException with {@link ConnectorException.Reason#REFUSED} if the device or the protocol refuses the value, its message
     *     with the device's code; with {@link ConnectorException.Reason#LOST} if it isn't known whether the device took it.
     */
    void write(P point, TagValue value) throws ConnectorException;

    /** Disconnects and lets everything go, within a second; never throws; may be called twice, and before {@link #open}. */
    void close();
}
