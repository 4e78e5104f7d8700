package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectedTag;
import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.api.WriteResult;
import io.dinrail.connector.api.WriteResult.Verdict;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The tags of all instances, for others to read and write; safe for use by many threads. */
@Component(service = {ConnectedTags.class, HostTags.class})
public final class HostTags implements ConnectedTags {
    /** A tag and the instance that serves it. */
    private record Served(Instance instance, TagState tag) {}

    private final Host host;

    @Activate
    public HostTags(@Reference SouthboundHost southbound) {
        this(southbound.host());
    }

    HostTags(Host host) {
        this.host = host;
    }

    @Override
    public List<ConnectedTag> list() {
        return host.instances().stream()
                .flatMap(instance -> instance.context().board().all().stream()
                        .map(tag -> new ConnectedTag(instance.context().name(), tag.spec())))
                .sorted(Comparator.comparing(tag -> tag.spec().id()))
                .toList();
    }

    @Override
    public Optional<ConnectedTag> find(TagId id) {
        return served(id)
                .map(served -> new ConnectedTag(
                        served.instance().context().name(), served.tag().spec()));
    }

    @Override
    public CompletionStage<Reading> read(TagId id) {
        Optional<Served> served = served(id);
        if (served.isEmpty() || !served.get().tag().isReadable()) {
            return failed(served.isEmpty() ? "no connector serves the tag " + id : "the tag " + id + " can't be read");
        }
        InstanceContext context = served.get().instance().context();
        ReadRequest request = new ReadRequest(served.get().tag(), new CompletableFuture<>());
        if (context.mailbox().offer(request) != Mailbox.Taken.YES) {
            request.result().complete(context.board().unreachable(request.tag()));
        }
        return request.result();
    }

    @Override
    public CompletionStage<WriteResult> write(TagId id, TagValue value, Instant expires) {
        return write(id, value, expires, false);
    }

    @Override
    public CompletionStage<WriteResult> write(TagId id, TagValue value, Instant expires, boolean idempotent) {
        return write(id, value, expires, idempotent, () -> {}).exceptionally(HostTags::refusedIfNotConnected);
    }

    /**
     * Writes as {@link #write(TagId, TagValue, Instant, boolean)} does.
     *
     * @param sending called just before the value is sent.
     * @return what came of it; fails with {@link NotConnectedException} if it was not sent for want of a connection.
     */
    CompletionStage<WriteResult> write(
            TagId id, TagValue value, Instant expires, boolean idempotent, Runnable sending) {
        Served served;
        TagValue raw;
        try {
            served = writable(id);
            raw = RawValues.of(served.tag().spec(), value);
        } catch (IllegalArgumentException | NotConnectedException e) {
            return CompletableFuture.failedFuture(e);
        }
        InstanceContext context = served.instance().context();
        WriteRequest request = new WriteRequest(
                served.tag(), value, raw, expires, idempotent, false, sending, new CompletableFuture<>());
        String beyond = RawValues.beyondLimits(served.tag().spec(), value);
        if (!beyond.isEmpty()) {
            request.refuse(beyond);
            return request.result();
        }
        switch (context.mailbox().offer(request)) {
            case FULL ->
                request.refuse(Mailbox.MOST + " writes wait at " + context.name() + " already: nothing was sent");
            case NOT_CONNECTED ->
                request.notConnected(context.notConnected(context.life().view().reason()));
            case YES -> {}
        }
        return request.result();
    }

    /** Passes an acknowledgement back, if a connector serves the tag that the alarm came in under. */
    void acknowledge(TagId id, String condition, String note) {
        served(id).ifPresent(served -> served.instance().context().passBack(served.tag(), condition, note));
    }

    /**
     * Calls a method of a device.
     *
     * @param sending called just before it is called.
     * @return what it gave back; fails with {@link NotConnectedException} if it was not called for want of a connection, with
     *     {@link IllegalArgumentException} if it was refused, and with {@link IllegalStateException} if nobody knows whether it was done.
     */
    CompletionStage<List<TagValue>> call(TagId id, List<TagValue> arguments, Instant expires, Runnable sending) {
        try {
            Served served = callable(id);
            InstanceContext context = served.instance().context();
            Errand<List<TagValue>> errand = new Errand<>(
                    session -> {
                        if (expires.isBefore(context.time().now())) {
                            throw new ConnectorException(
                                    ConnectorException.Reason.REFUSED, "expired: nothing was called");
                        }
                        sending.run();
                        return session.call(served.tag(), arguments);
                    },
                    new CompletableFuture<>());
            context.take(errand);
            return errand.result();
        } catch (IllegalArgumentException | NotConnectedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Looks whether a tag names a method.
     *
     * @throws IllegalArgumentException if it doesn't.
     * @throws NotConnectedException if nobody knows yet.
     */
    void checkCallable(TagId id) throws NotConnectedException {
        callable(id);
    }

    private Served callable(TagId id) throws NotConnectedException {
        Served served = known(id);
        if (!served.tag().spec().type().equals(TagSpec.METHOD)) {
            throw new IllegalArgumentException("the tag " + id + " is no method: its type isn't " + TagSpec.METHOD);
        }
        return served;
    }

    boolean serves(DeviceId device) {
        return awaited(device).isPresent()
                || host.instances().stream()
                        .flatMap(instance -> instance.context().board().all().stream())
                        .anyMatch(tag -> tag.spec().id().device().equals(device));
    }

    /** @return the instance whose tags of the device are still to come. */
    private Optional<Instance> awaited(DeviceId device) {
        return host.instances().stream()
                .filter(instance -> instance.context().board().foresees(device))
                .findFirst();
    }

    /**
     * Looks whether a value can be written at all.
     *
     * @throws IllegalArgumentException if it can't be, whatever the state of its connector.
     * @throws NotConnectedException if nobody knows yet.
     */
    void checkWritable(TagId id, TagValue value) throws NotConnectedException {
        RawValues.of(writable(id).tag().spec(), value);
    }

    private Served known(TagId id) throws NotConnectedException {
        Optional<Instance> awaited = awaited(id.device());
        Optional<Served> found = served(id);
        if (found.isEmpty() && awaited.isPresent()) {
            throw new NotConnectedException("the connector "
                    + awaited.get().context().name() + " has not read its tags yet: try again when it runs");
        }
        return found.orElseThrow(() -> new IllegalArgumentException(
                "device " + id.device() + " has no tag '" + id.tag() + "' that a connector serves"));
    }

    private Served writable(TagId id) throws NotConnectedException {
        Served served = known(id);
        TagSpec spec = served.tag().spec();
        if (!spec.access().writes() || !spec.hasValue()) {
            throw new IllegalArgumentException("the tag " + id
                    + (spec.hasValue() ? " is read-only" : " has no value: it is of type " + spec.type()));
        }
        return served;
    }

    private Optional<Served> served(TagId id) {
        return host.instances().stream()
                .flatMap(instance -> instance.context().board().find(id).map(tag -> new Served(instance, tag)).stream())
                .findFirst();
    }

    private static WriteResult refusedIfNotConnected(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof NotConnectedException) {
            return new WriteResult(Verdict.REFUSED, Optional.empty(), String.valueOf(cause.getMessage()));
        }
        throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
    }

    private static <T> CompletionStage<T> failed(String message) {
        return CompletableFuture.failedFuture(new IllegalArgumentException(message));
    }
}
