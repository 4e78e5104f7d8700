package io.dinrail.broker.internal.clients;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The HiveMQ client with MQTT 5. */
final class Hive5 implements Client {
    private final List<Mqtt5Publish> heard = new CopyOnWriteArrayList<>();
    private final Login login;
    private final Mqtt5BlockingClient hive;

    Hive5(Login login) {
        this.login = login;
        hive = MqttClient.builder()
                .useMqttVersion5()
                .identifier(login.id())
                .serverAddress(login.server())
                .buildBlocking();
        hive.toAsync().publishes(MqttGlobalPublishFilter.ALL, heard::add);
    }

    /** The library's own, for what only MQTT 5 has. */
    Mqtt5BlockingClient hive() {
        return hive;
    }

    /** What came, with its properties. */
    List<Mqtt5Publish> publishes() {
        return heard;
    }

    @Override
    public boolean connect() {
        Mqtt5Connect connect = Mqtt5Connect.builder()
                .cleanStart(!login.kept())
                .sessionExpiryInterval(login.kept() ? Login.EXPIRY : 0)
                .willPublish(login.will().map(Hive5::form).orElse(null))
                .build();
        return hive.connect(connect).isSessionPresent();
    }

    private static Mqtt5Publish form(Said said) {
        return Mqtt5Publish.builder()
                .topic(said.topic())
                .qos(Hive3.qos(said.qos()))
                .retain(said.retain())
                .payload(said.payload())
                .build();
    }

    @Override
    public void subscribe(String filter, int qos) {
        hive.subscribeWith().topicFilter(filter).qos(Hive3.qos(qos)).send();
    }

    @Override
    public void publish(Said said) {
        hive.publish(form(said));
    }

    @Override
    public List<Said> heard() {
        return heard.stream()
                .map(publish -> new Said(
                        publish.getTopic().toString(),
                        publish.getPayloadAsBytes(),
                        publish.getQos().getCode(),
                        publish.isRetain()))
                .toList();
    }

    @Override
    public void disconnect() {
        hive.disconnect();
    }

    @Override
    public void close() {
        if (hive.getState().isConnected()) {
            hive.disconnect();
        }
    }
}
