package io.dinrail.broker.internal;

import io.dinrail.broker.front.AddressRanges;
import io.dinrail.broker.front.Audience;
import io.dinrail.broker.front.Bounds;
import io.dinrail.broker.front.Capacity;
import io.dinrail.broker.front.Keeping;
import io.dinrail.broker.front.Listening;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Offices;
import io.dinrail.broker.front.Parts;
import io.dinrail.broker.front.Settings;
import io.dinrail.broker.internal.engine.OpenIdentity;
import io.dinrail.broker.internal.transport.TestKeys;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.MessageListener;
import io.dinrail.testkit.ContractBroker;
import io.dinrail.testkit.MessageBrokerContract;
import io.dinrail.testkit.RecordingBus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class DinrailContractTest extends MessageBrokerContract {
    private static final TestKeys KEYS = TestKeys.make();

    @Override
    protected ContractBroker start(Path files) throws IOException {
        Losses losses = new Losses(Clock.systemUTC());
        Audience audience = new Audience(losses);
        DinrailEngine engine = new DinrailEngine(new Parts(
                settings(files),
                new OpenIdentity(),
                new Offices(login -> Optional.empty(), organisation -> false),
                KEYS,
                new RecordingBus(),
                audience,
                losses,
                Clock.systemUTC()));
        engine.open();
        return new Provider(engine, audience);
    }

    private static Settings settings(Path folder) {
        Optional<InetSocketAddress> any = Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new Settings(
                new Listening(any, Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), AddressRanges.NONE),
                folder,
                new Keeping(Keeping.Durability.FSYNC, Map.of(), 100, 0, Keeping.Full.DROP_OLDEST, 3_600),
                new Bounds(16_384, 0, AddressRanges.NONE, 0, 0, new Bounds.Rate(0, 0), 100, 1_048_576),
                Capacity.USUAL,
                "");
    }

    private record Provider(DinrailEngine engine, Audience audience) implements ContractBroker {
        @Override
        public MessageBroker broker() {
            return engine;
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress("127.0.0.1", engine.port("mqtt").orElseThrow());
        }

        @Override
        public String password(String login) {
            return "secret";
        }

        @Override
        public void listen(MessageListener listener, String... filters) {
            audience.add(listener, filters);
        }

        @Override
        public void forget(MessageListener listener) {
            audience.remove(listener);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
