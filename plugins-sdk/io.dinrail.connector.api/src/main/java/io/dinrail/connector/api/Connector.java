package io.dinrail.connector.api;

import io.dinrail.model.api.TagValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Talks to the devices behind one connection. Unless a method says otherwise it is called from one thread at a time, the instance's own, and
 * blocks at most about the configured timeout. The host owns schedule, back-off, quality, scaling, staleness and read-back: a connector only speaks its protocol.
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
     * Tells which lane of the connection a point belongs to. Lanes fail one by one: points of different lanes are never read with one call, and while
     * one lane rests after {@link ConnectorException.Reason#LANE} the others go on. Must not do any I/O.
     *
     * @param point a point parsed by {@link #point}.
     * @return the lane, told apart by {@code equals} and shown by {@code toString}, such as {@code unit 3}; the same for all points if the connection
     *     has one lane only.
     */
    default Object lane(P point) {
        return "";
    }

    /**
     * Tells how long a read of a silent lane takes. A host that knows arranges the lanes so that none that answers quickly is later than by this, whatever
     * the others do. Asked whenever the points have changed; must not do any I/O.
     *
     * @return the time at most, less than a day; zero if it isn't known, or there is one lane only.
     */
    default Duration laneTimeout() {
        return Duration.ZERO;
    }

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
     * @param points at least one, all of one lane.
     * @return one sample a point, in order; a point that the device refuses is BAD and hurts only itself.
     * @throws ConnectorException if nothing was read: with {@link ConnectorException.Reason#LANE} if this lane failed, with
     *     {@link ConnectorException.Reason#LOST} if the whole connection did, with {@link ConnectorException.Reason#REFUSED} if the device is
     *     there and refuses all of it; if not everything was read within {@link ConnectorContext#patience}, with
     *     {@link ConnectorException.Reason#LATER}, see {@link ConnectorException#later}.
     */
    List<Sample> read(List<P> points) throws ConnectorException;

    /**
     * Tells which way values come.
     *
     * @return whether {@link #subscribe} is to be used rather than polling with {@link #read}, for all points or for some.
     */
    default boolean subscribes() {
        return false;
    }

    /**
     * Tells which way the values of one point come; only asked if {@link #subscribes()}.
     *
     * @param point a point parsed by {@link #point}.
     * @return whether the device reports it; if not it is polled.
     */
    default boolean subscribes(P point) {
        return true;
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

    /**
     * Calls what a point names, such as a method of an OPC UA server; only called for tags of the type {@code method}.
     *
     * @param point which.
     * @param arguments in the device's order.
     * @return what the device gave back, in its order, possibly nothing.
     * @throws ConnectorException with {@link ConnectorException.Reason#REFUSED} if the device refuses, with its code; with
     *     {@link ConnectorException.Reason#LOST} or {@link ConnectorException.Reason#LANE} if it isn't known whether it was done.
     */
    default List<TagValue> call(P point, List<TagValue> arguments) throws ConnectorException {
        throw new ConnectorException(ConnectorException.Reason.REFUSED, "this connector has no methods to call");
    }

    /**
     * Passes on that somebody acknowledged an alarm that was reported to {@link SampleSink#alarm}.
     *
     * @param point the point that it was reported for.
     * @param condition its {@link DeviceAlarm#condition}.
     * @param note what they wrote; possibly empty.
     * @throws ConnectorException if the device refuses, or can't be reached: the host tries again once it is connected.
     */
    default void acknowledge(P point, String condition, String note) throws ConnectorException {
        throw new ConnectorException(ConnectorException.Reason.REFUSED, "this connector has no alarms to acknowledge");
    }

    /**
     * Looks what the device shows of itself; only called while connected.
     *
     * @param node an {@link BrowseEntry#id}; empty for the top.
     * @return what stands directly beneath it, at most 10,000.
     * @throws ConnectorException with {@link ConnectorException.Reason#REFUSED} if there is no such node or the protocol can't be browsed.
     */
    default List<BrowseEntry> browse(String node) throws ConnectorException {
        throw new ConnectorException(ConnectorException.Reason.REFUSED, "this protocol can't be browsed");
    }

    /**
     * Shows what else a person who looks after this connection should know: the expiry of a certificate, the blocks that a device was found to refuse.
     * May be called from any thread and at any time; answers from memory.
     *
     * @return a few facts by name in lowerCamelCase, such as {@code certificateExpires}; no secrets.
     */
    default Map<String, String> facts() {
        return Map.of();
    }

    /**
     * Lists the certificates of devices that were accepted, and those that wait for somebody to do so. May be called from any thread and at any time;
     * never waits for the device.
     *
     * @return them, the ones in quarantine first.
     */
    default List<PeerCertificate> peers() {
        return List.of();
    }

    /**
     * Accepts a certificate that waits in quarantine, because a person said so; the host then connects at once. May be called from any thread and at
     * any time; never waits for the device. A connector that meets a certificate that isn't trusted fails with
     * {@link ConnectorException.Reason#LOST}, keeps the certificate in quarantine and says so.
     *
     * @param fingerprint of one of {@link #peers()}, in the plain form.
     * @throws IllegalArgumentException if there is none of that fingerprint.
     */
    default void trust(String fingerprint) {
        throw new IllegalArgumentException("no certificate with the fingerprint " + fingerprint + " waits");
    }

    /** Disconnects and lets everything go, within a second; never throws; may be called twice, and before {@link #open}. */
    void close();
}
