package io.dinrail.broker.internal.clients;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.DisconnectedBufferOptions;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientPersistence;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.client.persist.MqttDefaultFilePersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Paho with MQTT 5. */
final class Paho5 implements Paho, MqttCallback {
    private static final long PATIENCE_MS = 20_000;
    private static final Logger LOG = Logger.getLogger("org.eclipse.paho.mqttv5");

    static {
        LOG.setLevel(Level.WARNING); // it tells of every message of QoS 2
    }

    private final List<MqttMessage> messages = new CopyOnWriteArrayList<>();
    private final List<Said> heard = new CopyOnWriteArrayList<>();
    private final MqttConnectionOptions options = new MqttConnectionOptions();
    private final MqttAsyncClient paho;

    Paho5(Login login) throws MqttException {
        this(login, new MemoryPersistence());
    }

    /** Keeps what it sends in a folder, and comes back by itself. */
    Paho5(Login login, Path folder) throws MqttException {
        this(login, new MqttDefaultFilePersistence(folder.toString()));
        options.setAutomaticReconnect(true);
        options.setAutomaticReconnectDelay(1, 1);
        options.setMaxReconnectDelay(1_000);
        DisconnectedBufferOptions buffer = new DisconnectedBufferOptions();
        buffer.setBufferEnabled(true);
        buffer.setPersistBuffer(true);
        paho.setBufferOpts(buffer);
    }

    private Paho5(Login login, MqttClientPersistence persistence) throws MqttException {
        options.setCleanStart(!login.kept());
        options.setSessionExpiryInterval(login.kept() ? Login.EXPIRY : 0);
        login.will().ifPresent(will -> options.setWill(will.topic(), form(will)));
        paho = new MqttAsyncClient(login.uri(), login.id(), persistence);
        paho.setCallback(this);
    }

    private static MqttMessage form(Said said) {
        return new MqttMessage(said.payload(), said.qos(), said.retain(), new MqttProperties());
    }

    /** What came, with its properties. */
    List<MqttMessage> messages() {
        return messages;
    }

    void publish(String topic, MqttMessage message) throws MqttException {
        paho.publish(topic, message).waitForCompletion(PATIENCE_MS);
    }

    @Override
    public boolean connect() throws MqttException {
        IMqttToken token = paho.connect(options);
        token.waitForCompletion(PATIENCE_MS);
        return token.getSessionPresent();
    }

    @Override
    public void subscribe(String filter, int qos) throws MqttException {
        paho.subscribe(filter, qos).waitForCompletion(PATIENCE_MS);
    }

    @Override
    public void publish(Said said) throws MqttException {
        publish(said.topic(), form(said));
    }

    @Override
    public void send(Said said) throws MqttException {
        paho.publish(said.topic(), form(said));
    }

    @Override
    public int pending() {
        return paho.getPendingTokens().length + paho.getBufferedMessageCount();
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
            paho.disconnectForcibly(0, 1_000, true);
        }
        paho.close(true);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        messages.add(message);
        heard.add(new Said(topic, message.getPayload(), message.getQos(), message.isRetained()));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        // the tests see it from what comes and what doesn't
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // whoever waits for the answer gets it as well
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // publish() waits for it, and pending() tells
    }

    @Override
    public void connectComplete(boolean again, String server) {
        // connect() waits for it, and connected() tells
    }

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {
        // nobody asks for an authentication of this kind
    }
}
