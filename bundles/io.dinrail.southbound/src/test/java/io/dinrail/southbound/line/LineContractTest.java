package io.dinrail.southbound.line;

import io.dinrail.connector.api.ConnectorType;
import io.dinrail.testkit.ConnectorContract;
import io.dinrail.testkit.ContractDevice;

class LineContractTest extends ConnectorContract {
    @Override
    protected ContractDevice device() throws Exception {
        return new LineDevice();
    }

    @Override
    protected Class<? extends ConnectorType> typeClass() {
        return LineConnectorType.class;
    }
}
