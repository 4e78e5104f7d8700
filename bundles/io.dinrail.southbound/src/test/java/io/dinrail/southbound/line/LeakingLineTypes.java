package io.dinrail.southbound.line;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Settings;
import io.dinrail.testkit.ConnectorContract;
import io.dinrail.testkit.ContractDevice;
import io.dinrail.testkit.Library;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Connectors of the line protocol that leave something behind. */
public final class LeakingLineTypes {
    private LeakingLineTypes() {}

    /** @return the contract for one of them. */
    public static ConnectorContract contract(Class<? extends ConnectorType> type, Duration patience) {
        return new ConnectorContract() {
            @Override
            protected ContractDevice device() throws Exception {
                return new LineDevice();
            }

            @Override
            protected Class<? extends ConnectorType> typeClass() {
                return type;
            }

            @Override
            protected Duration patience() {
                return patience;
            }
        };
    }

    /** Tells a library about itself and never takes that back. */
    public static final class OfItsClasses implements ConnectorType {
        private final LineConnectorType type = new LineConnectorType();

        @Override
        public Connector<?> create(String name, Settings settings) {
            return create(name, settings, ConnectorContext.none());
        }

        @Override
        public Connector<?> create(String name, Settings settings, ConnectorContext context) {
            Library.hold(this);
            return type.create(name, settings, context);
        }
    }

    /** Starts a thread that it never ends. */
    public static final class OfAThread implements ConnectorType {
        private static final AtomicInteger COUNT = new AtomicInteger();
        private final LineConnectorType type = new LineConnectorType();

        @Override
        public Connector<?> create(String name, Settings settings) {
            return create(name, settings, ConnectorContext.none());
        }

        @Override
        public Connector<?> create(String name, Settings settings, ConnectorContext context) {
            Library.run("leaked-" + COUNT.incrementAndGet());
            return type.create(name, settings, context);
        }
    }
}
