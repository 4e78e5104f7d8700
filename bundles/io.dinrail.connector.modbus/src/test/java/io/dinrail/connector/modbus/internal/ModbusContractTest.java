package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.ConnectorType;
import io.dinrail.testkit.ConnectorContract;
import io.dinrail.testkit.ContractDevice;

class ModbusContractTest extends ConnectorContract {
    @Override
    protected ContractDevice device() throws Exception {
        return new SlaveDevice();
    }

    @Override
    protected Class<? extends ConnectorType> typeClass() {
        return ModbusConnectorType.class;
    }
}
