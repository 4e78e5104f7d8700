package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteSubscriptionsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteSubscriptionsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferResult;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferSubscriptionsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferSubscriptionsResponse;
import org.jspecify.annotations.Nullable;

/**
 * One subscription as the server knows it; for the instance's thread.
 *
 * @param id the server's name for it.
 * @param publishing how often the server sends what changed.
 * @param silence the longest pause between two words of a living subscription.
 */
record Subscription(UInteger id, Duration publishing, Duration silence) {
    /**
     * An item and its place.
     *
     * @param handle by which the server reports it.
     * @param item which.
     */
    record Slot(int handle, Item item) {}

    private static final double KEEP_ALIVE_MILLIS = 5_000;
    private static final double LONGEST_SILENCE_MILLIS = 3_600_000;
    private static final double KEPT_MILLIS = 120_000;
    private static final int MOST_NOTIFICATIONS = 10_000;
    private static final int LONGEST_QUEUE = 100;
    private static final int EVENT_QUEUE = 1_000;
    private static final int MOST_KEPT = 1_000;

    static Subscription make(Client client, Duration publishing, Failures failures) throws ConnectorException {
        double millis = publishing.toNanos() / 1e6;
        long keepAlive = Math.max(1, Math.round(KEEP_ALIVE_MILLIS / millis));
        CreateSubscriptionResponse made = failures.await(client.ask(
                new CreateSubscriptionRequest(
                        client.header(),
                        millis,
                        Unsigned.uint(Math.max(3 * keepAlive, Math.round(KEPT_MILLIS / millis))),
                        Unsigned.uint(keepAlive),
                        Unsigned.uint(MOST_NOTIFICATIONS),
                        true,
                        Unsigned.ubyte(0)),
                CreateSubscriptionResponse.class));
        double revised = made.getRevisedPublishingInterval();
        // also where it is no number
        if (!(revised * made.getRevisedMaxKeepAliveCount().doubleValue() <= LONGEST_SILENCE_MILLIS)) {
            throw failures.lost("says of a subscription that it would be silent for longer than an hour");
        }
        return new Subscription(
                made.getSubscriptionId(),
                duration(revised),
                duration(Math.max(
                        KEEP_ALIVE_MILLIS,
                        revised * made.getRevisedMaxKeepAliveCount().doubleValue())));
    }

    /** Lets the server forget it; doesn't wait. */
    void delete(Client client) {
        CompletableFuture<?> unused = client.ask(
                new DeleteSubscriptionsRequest(client.header(), new UInteger[] {id}),
                DeleteSubscriptionsResponse.class);
    }

    /** @return whether the server handed it over to the session of this client. */
    boolean transfer(Client client, Failures failures) throws ConnectorException {
        try {
            TransferResult[] results = failures.await(client.ask(
                            new TransferSubscriptionsRequest(client.header(), new UInteger[] {id}, false),
                            TransferSubscriptionsResponse.class))
                    .getResults();
            return results != null
                    && results.length == 1
                    && results[0].getStatusCode().isGood();
        } catch (ConnectorException e) {
            return survived(e);
        }
    }

    /**
     * Asks for what was sent and never arrived.
     *
     * @param after the number of the last message that did.
     * @return them in order; empty if the server no longer knows the subscription.
     */
    Optional<List<NotificationMessage>> missed(Client client, long after, Failures failures) throws ConnectorException {
        List<NotificationMessage> kept = new ArrayList<>();
        long next = Publishing.after(after);
        while (kept.size() < MOST_KEPT) {
            try {
                kept.add(failures.await(Publishing.again(client, id, next)).getNotificationMessage());
                next = Publishing.after(next);
            } catch (ConnectorException e) {
                // that there is no such message is how the last one is known
                return e.code().equals("Bad_MessageNotAvailable") ? Optional.of(kept) : gone(e);
            }
        }
        return Optional.of(kept);
    }

    void remove(Session session, List<UInteger> items) throws ConnectorException {
        int most = session.limits().itemsPerCall();
        for (int from = 0; from < items.size(); from += most) {
            UInteger[] some =
                    items.subList(from, Math.min(items.size(), from + most)).toArray(new UInteger[0]);
            session.await(session.client()
                    .ask(
                            new DeleteMonitoredItemsRequest(session.client().header(), id, some),
                            DeleteMonitoredItemsResponse.class));
        }
    }

    /** Adds items. @return those that the server refused, with its reason. */
    Map<Slot, StatusCode> add(Session session, List<Slot> slots) throws ConnectorException {
        Map<Slot, StatusCode> refused = add(session, slots, true);
        // the host has the same deadband
        List<Slot> again = refused.keySet().stream()
                .filter(slot -> slot.item().point.deadband().isPresent())
                .filter(slot -> isAboutTheFilter(refused.get(slot)))
                .toList();
        again.forEach(refused::remove);
        refused.putAll(add(session, again, false));
        return refused;
    }

    private Map<Slot, StatusCode> add(Session session, List<Slot> slots, boolean filtered) throws ConnectorException {
        Map<Slot, StatusCode> refused = new LinkedHashMap<>();
        int most = session.limits().itemsPerCall();
        for (int from = 0; from < slots.size(); from += most) {
            List<Slot> some = slots.subList(from, Math.min(slots.size(), from + most));
            MonitoredItemCreateRequest[] requests = some.stream()
                    .map(slot -> request(session.client(), slot, filtered))
                    .toArray(MonitoredItemCreateRequest[]::new);
            MonitoredItemCreateResult[] results = session.await(session.client()
                            .ask(
                                    new CreateMonitoredItemsRequest(
                                            session.client().header(), id, TimestampsToReturn.Both, requests),
                                    CreateMonitoredItemsResponse.class))
                    .getResults();
            if (results == null || results.length != some.size()) {
                throw session.broken("answered otherwise than asked when items were subscribed");
            }
            for (int i = 0; i < results.length; i++) {
                if (results[i].getStatusCode().isBad()) {
                    refused.put(some.get(i), results[i].getStatusCode());
                } else {
                    some.get(i).item().serverId = results[i].getMonitoredItemId();
                }
            }
        }
        return refused;
    }

    private MonitoredItemCreateRequest request(Client client, Slot slot, boolean filtered) {
        Item item = slot.item();
        boolean alarms = item.point.kind() == OpcuaPoint.Kind.ALARMS;
        double sampling = alarms ? 0 : Math.max(1, item.interval.toNanos() / 1e6);
        AttributeId attribute = alarms ? AttributeId.EventNotifier : AttributeId.Value;
        return new MonitoredItemCreateRequest(
                new ReadValueId(item.node, attribute.uid(), null, QualifiedName.NULL_VALUE),
                MonitoringMode.Reporting,
                new MonitoringParameters(
                        Unsigned.uint(slot.handle()),
                        sampling,
                        alarms ? Alarms.filter(client) : filtered ? filter(client, item) : null,
                        Unsigned.uint(alarms ? EVENT_QUEUE : queue(item, sampling)),
                        true));
    }

    // room for what is sampled between two publications, and one more
    private int queue(Item item, double sampling) {
        return item.point.queue() > 0
                ? item.point.queue()
                : (int) Math.min(LONGEST_QUEUE, Math.ceil(publishing.toNanos() / 1e6 / sampling) + 1);
    }

    private static @Nullable ExtensionObject filter(Client client, Item item) {
        if (item.point.deadband().isEmpty() || item.point.deadband().getAsDouble() == 0) {
            return null;
        }
        return ExtensionObject.encode(
                client.getStaticEncodingContext(),
                new DataChangeFilter(
                        DataChangeTrigger.StatusValue,
                        Unsigned.uint(DeadbandType.Absolute.getValue()),
                        item.point.deadband().getAsDouble()));
    }

    private static boolean isAboutTheFilter(@Nullable StatusCode code) {
        return code != null
                && (code.value() == StatusCodes.Bad_FilterNotAllowed
                        || code.value() == StatusCodes.Bad_MonitoredItemFilterUnsupported
                        || code.value() == StatusCodes.Bad_MonitoredItemFilterInvalid
                        || code.value() == StatusCodes.Bad_DeadbandFilterInvalid);
    }

    private static boolean survived(ConnectorException refusal) throws ConnectorException {
        if (refusal.code().isEmpty()) {
            throw refusal;
        }
        return false;
    }

    private static Optional<List<NotificationMessage>> gone(ConnectorException refusal) throws ConnectorException {
        survived(refusal);
        return Optional.empty();
    }

    private static Duration duration(double millis) {
        return Duration.ofNanos((long) (Math.min(millis, 1e9) * 1e6));
    }
}
