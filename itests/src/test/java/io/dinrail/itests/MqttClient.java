package io.dinrail.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

/** An MQTT client of another hand, over TLS, that trusts the platform's CA and nothing else. */
final class MqttClient implements AutoCloseable {
    /** A message as it came. */
    record Heard(String topic, String payload) {}

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Mqtt3AsyncClient client;

    MqttClient(int port, Path ca, String clientId, String username, String password) throws Exception {
        client = Mqtt3Client.builder()
                .identifier(clientId)
                .serverHost("localhost")
                .serverPort(port)
                .sslConfig()
                .trustManagerFactory(trusting(ca))
                .applySslConfig()
                .simpleAuth()
                .username(username)
                .password(password.getBytes(UTF_8))
                .applySimpleAuth()
                .buildAsync();
        client.connect().get(20, TimeUnit.SECONDS);
    }

    MqttClient subscribe(String filter) throws Exception {
        client.subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> heard.add(
                        new Heard(message.getTopic().toString(), new String(message.getPayloadAsBytes(), UTF_8))))
                .send()
                .get(20, TimeUnit.SECONDS);
        return this;
    }

    void publish(String topic, String payload) throws Exception {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(UTF_8))
                .send()
                .get(20, TimeUnit.SECONDS);
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    List<String> heard(String topic) {
        return heard.stream()
                .filter(message -> message.topic().equals(topic))
                .map(Heard::payload)
                .toList();
    }

    @Override
    public void close() {
        client.disconnect().exceptionally(gone -> null).join();
    }

    private static TrustManagerFactory trusting(Path ca) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(ca)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
