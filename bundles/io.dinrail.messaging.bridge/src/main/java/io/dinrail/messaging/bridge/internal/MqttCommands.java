package io.dinrail.messaging.bridge.internal;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.model.api.DeviceId;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Sends commands to devices that have a credential, on {@code commands/{device}}, QoS 1. Every other target goes before it. */
@Component(service = CommandTarget.class, property = Constants.SERVICE_RANKING + ":Integer=-100")
public final class MqttCommands implements CommandTarget {
    private final BrokerSlot broker = new BrokerSlot();
    private final Credentials credentials;

    @Activate
    public MqttCommands(@Reference Credentials credentials) {
        this.credentials = credentials;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindBroker(MessageBroker arrived) {
        broker.put(arrived);
    }

    void unbindBroker(MessageBroker gone) {
        broker.remove(gone);
    }

    @Override
    public boolean serves(DeviceId device, String type) {
        Optional<Credential> credential = credentials.find(device.value());
        return credential.filter(found -> found.principal().isDevice()).isPresent();
    }

    @Override
    public void check(DeviceId device, String type, String params) {
        // what a device makes of a command is the device's affair
    }

    @Override
    public void deliver(Command command, Progress progress) {
        Optional<MessageBroker> now = broker.now();
        if (now.isEmpty()) {
            progress.unreachable("the broker is away");
            return;
        }
        String topic = "commands/" + command.device();
        int routed;
        try {
            routed = now.get().publish(new Message(topic, Payloads.command(command), 1, false));
        } catch (IllegalStateException e) {
            progress.unreachable(String.valueOf(e.getMessage()));
            return;
        }
        if (routed > 0) {
            progress.reached(CommandState.SENT, "");
        } else {
            progress.unreachable(command.device() + " is not connected, or doesn't subscribe to " + topic);
        }
    }
}
