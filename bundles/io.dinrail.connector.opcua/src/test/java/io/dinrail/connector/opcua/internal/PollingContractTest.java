package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorType;
import io.dinrail.testkit.ConnectorContract;
import io.dinrail.testkit.ContractDevice;

/** What every connector must do, by polling. */
class PollingContractTest extends ConnectorContract {
    @Override
    protected ContractDevice device() throws Exception {
        return new OpcuaContractTest.Device("poll");
    }

    @Override
    protected Class<? extends ConnectorType> typeClass() {
        return OpcuaConnectorType.class;
    }
}
