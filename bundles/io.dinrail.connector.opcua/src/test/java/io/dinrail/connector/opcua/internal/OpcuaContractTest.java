package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorType;
import io.dinrail.testkit.ConnectorContract;
import io.dinrail.testkit.ContractDevice;
import io.dinrail.testkit.opcua.MisbehavingServer;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** What every connector must do, by subscription. */
class OpcuaContractTest extends ConnectorContract {
    @Override
    protected ContractDevice device() throws Exception {
        return new Device("subscribe");
    }

    @Override
    protected Class<? extends ConnectorType> typeClass() {
        return OpcuaConnectorType.class;
    }

    /** A server at the end of a line. */
    static final class Device implements ContractDevice {
        private final TestServer server;
        private final MisbehavingServer relay;
        private final UaVariableNode level;
        private final UaVariableNode setpoint;
        private final String mode;

        Device(String mode) throws Exception {
            this.mode = mode;
            server = new TestServer();
            relay = MisbehavingServer.before(server.port());
            level = server.variable("Level", OpcUaDataType.Int32, 0);
            setpoint = server.variable("Setpoint", OpcUaDataType.Int32, 0);
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "endpoint",
                    relay.endpoint(),
                    "timeout",
                    "1s",
                    "publishing.interval",
                    "50ms",
                    "mode",
                    mode,
                    // on a busy machine the pause between two polls of 50 ms may be longer than three of them
                    "stale.after",
                    "5s");
        }

        @Override
        public Map<String, String> readable() {
            return Map.of("address", "nsu=urn:test:plc;s=Level");
        }

        @Override
        public Map<String, String> writable() {
            return Map.of("address", "nsu=urn:test:plc;s=Setpoint");
        }

        @Override
        public Map<String, String> impossible() {
            return Map.of("address", "Level");
        }

        @Override
        public void set(int value) {
            level.setValue(new DataValue(new Variant(value)));
        }

        @Override
        public int written() {
            return (Integer) setpoint.getValue().value().value();
        }

        @Override
        public void cut() {
            relay.cut();
        }

        @Override
        public void freeze() {
            relay.fallSilent();
        }

        @Override
        public void mend() {
            relay.mend();
        }

        @Override
        public int connections() {
            return relay.openConnections();
        }

        @Override
        public void close() {
            try {
                relay.close();
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
