package io.dinrail.demo.labeller.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabellerServerTest {
    private final LabellerProcess process = new LabellerProcess();
    private LabellerServer server;
    private OpcUaClient client;

    @BeforeEach
    void start() throws Exception {
        server = LabellerServer.listen(process, 0);
        client = OpcUaClient.create("opc.tcp://127.0.0.1:" + server.port());
        client.connect();
    }

    @AfterEach
    void stop() throws Exception {
        client.disconnect();
        server.close();
        Stack.releaseSharedResources(2, TimeUnit.SECONDS);
    }

    @Test
    void theNodesShowTheProcess() throws Exception {
        process.step(Duration.ofSeconds(30));
        server.exchange();
        assertThat(read("Temperature")).isEqualTo(process.temperature());
        assertThat(read("Labels")).isEqualTo(Unsigned.uint(120));
        assertThat(read("Running")).isEqualTo(true);
        assertThat(read("Speed")).isEqualTo(240.0);
    }

    @Test
    void speedAndMotorAreWrittenAndTheSpeedIsLimited() throws Exception {
        assertThat(write("Running", false).isGood()).isTrue();
        assertThat(write("Speed", 1000.0).isGood()).isTrue();
        server.exchange();
        assertThat(process.running()).isFalse();
        assertThat(read("Speed")).isEqualTo(600.0);
    }

    @Test
    void aSensorIsNotWritable() throws Exception {
        assertThat(write("Temperature", 20.0).isBad()).isTrue();
    }

    private Object read(String name) throws Exception {
        return client.readValue(0, TimestampsToReturn.Both, node(name)).value().value();
    }

    private StatusCode write(String name, Object value) throws Exception {
        return client.writeValues(List.of(node(name)), List.of(DataValue.valueOnly(new Variant(value))))
                .get(0);
    }

    private NodeId node(String name) throws Exception {
        return ExpandedNodeId.parse("nsu=urn:dinrail:demo:labeller;s=Labeller." + name)
                .toNodeIdOrThrow(client.getNamespaceTable());
    }
}
