package io.dinrail.broker.internal.clients;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The HiveMQ client with MQTT 3.1.1. */
final class Hive3 implements Client {
    private final List<Said> heard = new CopyOnWriteArrayList<>();
    private final Login login;
    private final Mqtt3BlockingClient hive;

    Hive3(Login login) {
        this.login = login;
        hive = MqttClient.builder()
                .useMqttVersion3()
                .identifier(login.id())
                .serverAddress(login.server())
                .buildBlocking();
        hive.toAsync().publishes(MqttGlobalPublishFilter.ALL, this::hear);
    }

    private void hear(Mqtt3Publish publish) {
        heard.add(new Said(
                publish.getTopic().toString(),
                publish.getPayloadAsBytes(),
                publish.getQos().getCode(),
                publish.isRetain()));
    }

    @Override
    public boolean connect() {
        Mqtt3Connect connect = Mqtt3Connect.builder()
                .cleanSession(!login.kept())
                .willPublish(login.will().map(Hive3::form).orElse(null))
                .build();
        return hive.connect(connect).isSessionPresent();
    }

    private static Mqtt3Publish form(Said said) {
        return Mqtt3Publish.builder()
                .topic(said.topic())
                .qos(qos(said.qos()))
                .retain(said.retain())
                .payload(said.payload())
                .build();
    }

    static MqttQos qos(int code) {
        return MqttQos.values()[code];
    }

    @Override
    public void subscribe(String filter, int qos) {
        hive.subscribeWith().topicFilter(filter).qos(qos(qos)).send();
    }

    @Override
    public void publish(Said said) {
        hive.publish(form(said));
    }

    @Override
    public List<Said> heard() {
        return heard;
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
