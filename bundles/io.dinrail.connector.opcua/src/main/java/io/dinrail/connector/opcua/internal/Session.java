package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ServerState;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/** One session with one server, until it is lost or closed; never mended. Called from one thread, told by the library's that it is lost. */
final class Session implements AutoCloseable, SessionActivityListener {
    private static final double NEWEST = 0;

    private final Line line;
    private final OpcUaClient client;
    private final Setup setup;
    private final Failures failures;
    private final Limits limits;
    private final Map<NodeId, OpcUaDataType> types = new HashMap<>();
    private volatile @Nullable String broken;
    private volatile @Nullable Reporting reporting;
    private volatile boolean closed;

    Session(Line line, Setup setup, Failures failures) {
        this.line = line;
        this.client = line.client();
        this.setup = setup;
        this.failures = failures;
        this.limits = Limits.of(client);
        client.addSessionActivityListener(this);
    }

    List<Sample> read(List<OpcuaPoint> points) throws ConnectorException {
        check();
        Sample[] samples = new Sample[points.size()];
        List<Integer> known = new ArrayList<>();
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < samples.length; i++) {
            Optional<NodeId> node = resolve(points.get(i));
            if (node.isPresent()) {
                known.add(i);
                nodes.add(node.get());
            } else {
                samples[i] = Sample.bad(Quality.CONFIG_ERROR);
            }
        }
        for (int from = 0; from < nodes.size(); from += limits.nodesPerRead()) {
            int to = Math.min(nodes.size(), from + limits.nodesPerRead());
            List<DataValue> values =
                    failures.await(client.readValuesAsync(NEWEST, TimestampsToReturn.Both, nodes.subList(from, to)));
            if (values.size() != to - from) {
                throw lost("answered " + values.size() + " values where " + (to - from) + " were asked for");
            }
            for (int i = from; i < to; i++) {
                samples[known.get(i)] = Values.sample(values.get(i - from));
            }
        }
        return Arrays.asList(samples);
    }

    void write(OpcuaPoint point, TagValue value) throws ConnectorException {
        check();
        NodeId node = resolve(point)
                .orElseThrow(() -> refused("'" + point + "' is in a namespace that this server does not have"));
        StatusCode status;
        try {
            // value only: many servers refuse to be told a status or a time
            DataValue written = DataValue.valueOnly(Writing.variant(type(point, node), value));
            status = failures.await(client.writeValuesAsync(List.of(node), List.of(written)))
                    .get(0);
        } catch (IllegalArgumentException e) {
            throw refused("'" + point + "' takes no such value: " + e.getMessage());
        }
        if (status.isBad()) {
            throw refused("refuses to write '" + point + "': " + Statuses.name(status));
        }
    }

    void subscribe(List<Subscribed<OpcuaPoint>> points, SampleSink<OpcuaPoint> sink, double publishingMillis)
            throws ConnectorException {
        check();
        Reporting before = reporting;
        if (before != null) {
            before.close();
        }
        Reporting made = new Reporting(client, sink, this::lose, failures);
        reporting = made;
        made.start(points, this::resolve, publishingMillis, limits.itemsPerCall());
        check();
    }

    /** @throws ConnectorException if the server doesn't answer, or says that it stops. */
    void probe() throws ConnectorException {
        check();
        if (line.own().filter(setup.platform().certificates()::isOutdated).isPresent()) {
            throw lost("is left for a moment, to come back with a renewed certificate");
        }
        DataValue state = failures.await(client.readValuesAsync(
                        NEWEST, TimestampsToReturn.Neither, List.of(NodeIds.Server_ServerStatus_State)))
                .get(0);
        if (state.statusCode().isBad()) {
            throw lost("its state can't be read: " + Statuses.name(state.statusCode()));
        }
        if (Integer.valueOf(ServerState.Shutdown.getValue())
                .equals(state.value().value())) {
            throw lost("the server is shutting down");
        }
    }

    @Override
    public void onSessionInactive(UaSession session) {
        lose("the session has ended");
    }

    @Override
    public void close() {
        closed = true;
        client.removeSessionActivityListener(this);
        Reporting active = reporting;
        if (active != null) {
            active.stop();
        }
        Dialling.hangUp(client);
    }

    private void check() throws ConnectorException {
        String why = broken;
        if (why != null) {
            throw failures.lost(why);
        }
    }

    private ConnectorException lost(String what) {
        lose(what);
        return failures.lost(what);
    }

    private ConnectorException refused(String what) {
        return new ConnectorException(Reason.REFUSED, failures.endpoint() + ": " + what);
    }

    // the library would now try to mend the session by itself, while the host makes another
    private void lose(String why) {
        if (closed || broken != null) {
            return;
        }
        broken = why;
        Dialling.drop(client);
        Reporting active = reporting;
        if (active != null) {
            active.lost(failures.endpoint() + ": " + why);
        }
    }

    private Optional<NodeId> resolve(OpcuaPoint point) {
        return point.resolve(client.getNamespaceTable());
    }

    private OpcUaDataType type(OpcuaPoint point, NodeId node) throws ConnectorException {
        OpcUaDataType known = types.get(node);
        if (known == null) {
            known = askType(point, node);
            types.put(node, known);
        }
        return known;
    }

    private OpcUaDataType askType(OpcuaPoint point, NodeId node) throws ConnectorException {
        List<DataValue> answers = Arrays.asList(failures.await(client.readAsync(
                        NEWEST,
                        TimestampsToReturn.Neither,
                        List.of(attribute(node, AttributeId.DataType), attribute(node, AttributeId.Value))))
                .getResults());
        // of a node with a type of its own, the value tells what it is made of
        return answers.get(1)
                .value()
                .getDataType()
                .or(() -> Optional.ofNullable(answers.get(0).value().value())
                        .filter(NodeId.class::isInstance)
                        .map(NodeId.class::cast)
                        .map(OpcUaDataType::fromNodeId))
                .orElseThrow(() -> refused("the type of '" + point + "' can't be read: "
                        + Statuses.name(answers.get(0).statusCode())));
    }

    private static ReadValueId attribute(NodeId node, AttributeId attribute) {
        return new ReadValueId(node, attribute.uid(), null, null);
    }
}
