package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.connector.api.SampleSink.Report;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.model.api.Quality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;

/** One subscription and whom it reports to; the library calls it on its threads. */
final class Reporting implements OpcUaSubscription.SubscriptionListener, AutoCloseable {
    private static final int LONGEST_QUEUE = 100;

    private final SampleSink<OpcuaPoint> sink;
    private final Consumer<String> lost;
    private final Failures failures;
    private final OpcUaSubscription subscription;
    private volatile boolean active = true;

    Reporting(OpcUaClient client, SampleSink<OpcuaPoint> sink, Consumer<String> lost, Failures failures) {
        this.sink = sink;
        this.lost = lost;
        this.failures = failures;
        this.subscription = new OpcUaSubscription(client);
        subscription.setSubscriptionListener(this);
    }

    /** Subscribes; a point that the server refuses is reported bad and hurts only itself. */
    void start(
            List<Subscribed<OpcuaPoint>> points,
            Function<OpcuaPoint, Optional<NodeId>> resolve,
            double publishingMillis,
            int itemsPerCall)
            throws ConnectorException {
        List<Report<OpcuaPoint>> refused = new ArrayList<>();
        List<OpcUaMonitoredItem> items = new ArrayList<>();
        for (Subscribed<OpcuaPoint> wanted : points) {
            Optional<NodeId> node = resolve.apply(wanted.point());
            node.ifPresentOrElse(
                    id -> items.add(item(id, wanted, publishingMillis)),
                    () -> refused.add(new Report<>(wanted.point(), Sample.bad(Quality.CONFIG_ERROR))));
        }
        subscription.setPublishingInterval(publishingMillis);
        subscription.setMaxMonitoredItemsPerCall(Unsigned.uint(itemsPerCall));
        failures.await(subscription.createAsync().toCompletableFuture());
        subscription.addMonitoredItems(items);
        for (MonitoredItemServiceOperationResult result : subscription.createMonitoredItems()) {
            if (!result.isGood()) {
                refused.add(new Report<>(point(result.monitoredItem()), Sample.bad(Statuses.name(reason(result)))));
            }
        }
        report(refused);
    }

    /** Reports nothing more. */
    void stop() {
        active = false;
    }

    void lost(String reason) {
        if (active) {
            active = false;
            sink.lost(reason);
        }
    }

    @Override
    public void close() throws ConnectorException {
        stop();
        failures.await(subscription.deleteAsync().toCompletableFuture());
    }

    @Override
    public void onDataReceived(OpcUaSubscription from, List<OpcUaMonitoredItem> items, List<DataValue> values) {
        List<Report<OpcuaPoint>> reports = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            reports.add(new Report<>(point(items.get(i)), Values.sample(values.get(i))));
        }
        report(reports);
    }

    @Override
    public void onWatchdogTimerElapsed(OpcUaSubscription from) {
        loseIfActive("the subscription has fallen silent");
    }

    @Override
    public void onStatusChanged(OpcUaSubscription from, StatusCode status) {
        loseIfActive("the server ended the subscription: " + Statuses.name(status));
    }

    @Override
    public void onNotificationDataLost(OpcUaSubscription from) {
        loseIfActive("the server dropped values of the subscription");
    }

    private void loseIfActive(String why) {
        if (active) {
            lost.accept(why);
        }
    }

    private void report(List<Report<OpcuaPoint>> reports) {
        if (active && !reports.isEmpty()) {
            sink.report(reports);
        }
    }

    private static OpcUaMonitoredItem item(NodeId node, Subscribed<OpcuaPoint> wanted, double publishingMillis) {
        OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(node);
        double sampling = Math.max(1, millis(wanted.interval()));
        item.setSamplingInterval(sampling);
        // room for what is sampled between two publications, and one more
        item.setQueueSize(Unsigned.uint((int) Math.min(LONGEST_QUEUE, Math.ceil(publishingMillis / sampling) + 1)));
        item.setUserObject(wanted.point());
        return item;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static OpcuaPoint point(OpcUaMonitoredItem item) {
        return item.getUserObject().map(OpcuaPoint.class::cast).orElseThrow();
    }

    private static StatusCode reason(MonitoredItemServiceOperationResult result) {
        return result.operationResult().filter(StatusCode::isBad).orElse(result.serviceResult());
    }
}
