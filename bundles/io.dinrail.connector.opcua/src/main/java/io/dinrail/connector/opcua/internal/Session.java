package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ServerState;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;

/** A session over one connection, until the connection is lost or closed; never mended. Called from one thread, told by the library's that it is lost. */
final class Session implements AutoCloseable {
    private static final double NEWEST = 0;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final Line line;
    private final Client client;
    private final Setup setup;
    private final Failures failures;
    private final Limits limits;
    private final Decoder decoder;
    private final Consumer<String> lost;
    private final Future<?> pulse;
    private volatile @Nullable String broken;
    private volatile boolean closed;

    /** @param lost is told once, in one sentence, if the connection is gone; must not block. */
    Session(Line line, Setup setup, Failures failures, Consumer<String> lost) throws ConnectorException {
        this.line = line;
        this.client = line.client();
        this.setup = setup;
        this.failures = failures;
        this.lost = lost;
        this.limits = Limits.of(client);
        this.decoder = new Decoder(structure -> structure.decode(client.getDynamicEncodingContext()));
        client.wire().whenLost(this::lose);
        long period =
                Math.min(LONGEST_SILENCE.toMillis(), setup.settings().timeout().toMillis());
        try {
            this.pulse = setup.platform()
                    .threads()
                    .timer()
                    .scheduleWithFixedDelay(() -> feel(period), period, period, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | IllegalStateException e) {
            throw failures.failed(e);
        }
        if (!client.wire().isOpen()) {
            throw broken("the server closed the connection");
        }
    }

    Client client() {
        return client;
    }

    Limits limits() {
        return limits;
    }

    Decoder decoder() {
        return decoder;
    }

    boolean wasReactivated() {
        return line.reactivated();
    }

    /** @return the node's id in this session; empty if the server has no such namespace. */
    Optional<NodeId> resolve(OpcuaPoint point) {
        return point.resolve(client.getNamespaceTable());
    }

    /** Waits for an answer; one that doesn't come ends the session. */
    <T> T await(CompletableFuture<T> answer) throws ConnectorException {
        check();
        try {
            return failures.await(answer);
        } catch (ConnectorException e) {
            if (e.reason() == Reason.LOST) {
                lose(failures.bare(e));
            }
            throw e;
        }
    }

    /** @return the newest values of these nodes, in order, read in as few requests as the server allows. */
    DataValue[] read(List<NodeId> nodes) throws ConnectorException {
        DataValue[] values = new DataValue[nodes.size()];
        for (int from = 0; from < nodes.size(); from += limits.nodesPerRead()) {
            read(nodes, from, Math.min(nodes.size(), from + limits.nodesPerRead()), values);
        }
        return values;
    }

    private void read(List<NodeId> nodes, int from, int to, DataValue[] values) throws ConnectorException {
        List<DataValue> answer;
        try {
            answer = await(client.readValuesAsync(NEWEST, TimestampsToReturn.Both, nodes.subList(from, to)));
        } catch (ConnectorException e) {
            if (!Statuses.isAboutTheSize(e.code())) {
                throw e;
            }
            split(nodes, from, to, values, e.code());
            return;
        }
        if (answer.size() != to - from) {
            throw broken("answered " + answer.size() + " values where " + (to - from) + " were asked for");
        }
        for (int i = from; i < to; i++) {
            values[i] = answer.get(i - from);
        }
    }

    // values that are too large together may pass one by one; one that is too large by itself hurts only itself
    private void split(List<NodeId> nodes, int from, int to, DataValue[] values, String code)
            throws ConnectorException {
        if (to - from == 1) {
            values[from] = new DataValue(new StatusCode(Statuses.code(code)));
            return;
        }
        int half = (from + to) / 2;
        read(nodes, from, half, values);
        read(nodes, half, to, values);
    }

    /** Reads beside all else, and tells values with the index of the first of them; what isn't read isn't told. */
    void readLater(List<NodeId> nodes, BiConsumer<Integer, List<DataValue>> taken) {
        readLater(nodes, 0, taken);
    }

    private void readLater(List<NodeId> nodes, int from, BiConsumer<Integer, List<DataValue>> taken) {
        if (from >= nodes.size() || broken != null || closed) {
            return;
        }
        int to = Math.min(nodes.size(), from + limits.nodesPerRead());
        client.readValuesAsync(NEWEST, TimestampsToReturn.Both, nodes.subList(from, to))
                .thenAccept(values -> {
                    if (values.size() == to - from) {
                        taken.accept(from, values);
                    }
                    readLater(nodes, to, taken);
                });
    }

    /** Calls a method. @return what it gave back. */
    Variant[] call(CallMethodRequest request) throws ConnectorException {
        CallMethodResult result = await(client.callAsync(List.of(request))).getResults()[0];
        if (result.getStatusCode().isBad()) {
            throw refused(
                    result.getStatusCode(),
                    "refuses the call of " + request.getMethodId().toParseableString());
        }
        return result.getOutputArguments() == null ? new Variant[0] : result.getOutputArguments();
    }

    /** Runs what doesn't wait after so many milliseconds. */
    void later(Runnable work, long millis) {
        try {
            setup.platform().threads().timer().schedule(() -> later(work), millis, TimeUnit.MILLISECONDS);
        } catch (IllegalStateException | RejectedExecutionException e) {
            // the bundle stops, and nobody waits for it
        }
    }

    /** Runs what doesn't wait, soon. */
    void later(Runnable work) {
        try {
            setup.platform().threads().workers().execute(work);
        } catch (IllegalStateException e) {
            // the bundle stops, and nobody waits for it
        }
    }

    /** @throws ConnectorException if the server doesn't answer, or says that it stops. */
    void probe() throws ConnectorException {
        check();
        if (line.own().filter(setup.platform().certificates()::isOutdated).isPresent()) {
            throw new ConnectorException(
                    Reason.LOST,
                    failures.endpoint() + ": is left for a moment, to come back with a renewed certificate");
        }
        DataValue state = read(List.of(NodeIds.Server_ServerStatus_State))[0];
        if (state.statusCode().isBad()) {
            throw broken("its state can't be read: " + Statuses.name(state.statusCode()));
        }
        if (Integer.valueOf(ServerState.Shutdown.getValue())
                .equals(state.value().value())) {
            throw broken("the server is shutting down");
        }
    }

    void check() throws ConnectorException {
        String why = broken;
        if (why != null) {
            throw failures.lost(why);
        }
    }

    /** Ends the session for what the server did. @return the failure to throw. */
    ConnectorException broken(String what) {
        lose(what);
        return failures.lost(what);
    }

    /** @return the failure to throw when the server refused something for this reason. */
    ConnectorException refused(StatusCode code, String what) {
        String name = Statuses.name(code);
        return ConnectorException.refused(name, failures.endpoint() + ": " + what + ": " + name);
    }

    /** @return the failure to throw when something was refused before the server was asked. */
    ConnectorException refused(String what) {
        return new ConnectorException(Reason.REFUSED, failures.endpoint() + ": " + what);
    }

    /** The connection is of no use any more; the session may go on over another. */
    void lose(String why) {
        synchronized (this) {
            if (closed || broken != null) {
                return;
            }
            broken = why;
        }
        pulse.cancel(false);
        client.wire().disconnect();
        lost.accept(failures.endpoint() + ": " + why);
    }

    /** @return what the server may still have of it; empty if it was closed in an orderly way. */
    Optional<Remnant> remnant() {
        return broken == null ? Optional.empty() : client.session().map(session -> new Remnant(session, line.own()));
    }

    /** Closes the session at the server as well, unless the connection is gone. */
    @Override
    public void close() {
        boolean intact;
        synchronized (this) {
            intact = broken == null && !closed;
            closed = true;
        }
        pulse.cancel(false);
        if (intact) {
            new Sessions(client, failures).close();
        }
        client.wire().disconnect();
    }

    // any byte is a sign of life: a server that is slow with one answer isn't gone
    private void feel(long period) {
        long asked = System.nanoTime();
        if (closed || TimeUnit.NANOSECONDS.toMillis(asked - client.wire().heardAt()) < period) {
            return;
        }
        client.readValuesAsync(NEWEST, TimestampsToReturn.Neither, List.of(NodeIds.Server_ServerStatus_State))
                .whenComplete((values, failure) -> {
                    if (failure != null && client.wire().heardAt() - asked < 0) {
                        lose("no answer within " + setup.settings().timeout().toMillis() + "ms, and not a word else");
                    }
                });
    }
}
