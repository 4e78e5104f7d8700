package io.dinrail.broker.internal.clients;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.DisconnectedBufferOptions;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClientPersistence;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.client.mqttv3.persist.MqttDefaultFilePersistence;

/** Paho with MQTT 3.1.1. */
final class Paho3 implements Paho, MqttCallback {
    private static final long PATIENCE_MS = 20_000;

    private final List<Said> heard = new CopyOnWriteArrayList<>();
    private final MqttConnectOptions options = new MqttConnectOptions();
    private final MqttAsyncClient paho;

    Paho3(Login login) throws MqttException {
        this(login, new MemoryPersistence());
    }

    /** Keeps what it sends in a folder, and comes back by itself. */
    Paho3(Login login, Path folder) throws MqttException {
        this(login, new MqttDefaultFilePersistence(folder.toString()));
        options.setAutomaticReconnect(true);
        options.setMaxReconnectDelay(1_000);
        DisconnectedBufferOptions buffer = new DisconnectedBufferOptions();
        buffer.setBufferEnabled(true);
        buffer.setPersistBuffer(true);
        paho.setBufferOpts(buffer);
    }

    private Paho3(Login login, MqttClientPersistence persistence) throws MqttException {
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(!login.kept());
        options.setMaxInflight(100);
        login.will().ifPresent(will -> options.setWill(will.topic(), will.payload(), will.qos(), will.retain()));
        paho = new MqttAsyncClient(login.uri(), login.id(), persistence);
        paho.setCallback(this);
    }

    @Override
    public boolean connect() throws MqttException {
        var token = paho.connect(options);
        token.waitForCompletion(PATIENCE_MS);
        return token.getSessionPresent();
    }

    @Override
    public void subscribe(String filter, int qos) throws MqttException {
        paho.subscribe(filter, qos).waitForCompletion(PATIENCE_MS);
    }

    @Override
    public void publish(Said said) throws MqttException {
        paho.publish(said.topic(), said.payload(), said.qos(), said.retain()).waitForCompletion(PATIENCE_MS);
    }

    @Override
    public void send(Said said) throws MqttException {
        paho.publish(said.topic(), said.payload(), said.qos(), said.retain());
    }

    @Override
    public int pending() {
        return paho.getPendingDeliveryTokens().length + paho.getBufferedMessageCount();
    }

    @Override
    public boolean connected() {
        return paho.isConnected();
    }

    @Override
    public List<Said> heard() {
        return heard;
    }

    @Override
    public void disconnect() throws MqttException {
        paho.disconnect().waitForCompletion(PATIENCE_MS);
    }

    @Override
    public void close() throws MqttException {
        if (paho.isConnected()) {
            paho.disconnectForcibly(0, 1_000);
        }
        paho.close(true);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        heard.add(new Said(topic, message.getPayload(), message.getQos(), message.isRetained()));
    }

    @Override
    public void connectionLost(Throwable cause) {
        // the tests see it from what comes and what doesn't
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // publish() waits for it, and pending() tells
    }
}
