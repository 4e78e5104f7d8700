package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.MessageListener;
import io.dinrail.testkit.ContractBroker;
import io.dinrail.testkit.KnownFailures;
import io.dinrail.testkit.MessageBrokerContract;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

@KnownFailures(
        "packetIdentifiersInFlightAreNotUsedForOthersAfterAReconnect") // it sends what is new before what was under way
class MoquetteContractTest extends MessageBrokerContract {
    @Override
    protected ContractBroker start(Path files) throws Exception {
        FakeIdentity identity = new FakeIdentity();
        for (String name : List.of("press-1", "press-2", "press-3")) {
            Principal principal = new Principal(Principal.Kind.DEVICE, Organisation.DEFAULT, name);
            identity.with(new FakeIdentity.Holder(principal, List.of(name), FakeIdentity.all()));
        }
        return new Provider(new Plant(files, identity));
    }

    private record Provider(Plant plant) implements ContractBroker {
        @Override
        public MessageBroker broker() {
            return plant.engine;
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress("127.0.0.1", plant.port());
        }

        @Override
        public String password(String login) {
            return new String(FakeIdentity.secret(login), UTF_8);
        }

        @Override
        public void listen(MessageListener listener, String... filters) {
            plant.audience.add(listener, filters);
        }

        @Override
        public void forget(MessageListener listener) {
            plant.audience.remove(listener);
        }

        @Override
        public void close() {
            plant.close();
        }
    }
}
