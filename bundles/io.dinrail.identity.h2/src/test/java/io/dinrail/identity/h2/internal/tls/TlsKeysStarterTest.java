package io.dinrail.identity.h2.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.identity.api.ServerKeys;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class TlsKeysStarterTest {
    @TempDir
    private Path data;

    private final List<Object> registered = new CopyOnWriteArrayList<>();

    @Test
    void theKeysAreAServiceFromWhenTheyAreThereUntilTheBundleStops() throws Exception {
        TlsKeysStarter starter = start(Map.of("dinrail.data", data.toString()));

        await().until(() -> !registered.isEmpty());
        assertThat(((ServerKeys) registered.get(0)).caCertificate())
                .isEqualTo(data.resolve("secrets/ca.pem"))
                .isNotEmptyFile();

        starter.stop();
        assertThat(registered).isEmpty();
    }

    @Test
    void theSecretsFolderMayBeNamed() throws Exception {
        Path named = data.resolve("keys");
        TlsKeysStarter starter =
                start(Map.of("dinrail.data", data.resolve("data").toString(), "dinrail.secrets", named.toString()));

        await().until(() -> !registered.isEmpty());
        starter.stop();

        assertThat(named.resolve("ca.pem")).isNotEmptyFile();
        assertThat(data.resolve("data")).doesNotExist();
    }

    @Test
    void withADamagedCaThereIsNoService() throws Exception {
        Path ca = Files.createDirectories(data.resolve("secrets")).resolve("ca.pem");
        Files.writeString(ca, "damaged");

        TlsKeysStarter starter = start(Map.of("dinrail.data", data.toString()));

        starter.stop();
        assertThat(registered).isEmpty();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("dinrail-identity-keys")));
        assertThat(ca).hasContent("damaged");
    }

    private TlsKeysStarter start(Map<String, String> properties) {
        OwnAuthority authority = new OwnAuthority();
        return new TlsKeysStarter(bundle(properties), authority, new ClientTrust(authority));
    }

    /** As much of the framework as the starter uses. */
    private BundleContext bundle(Map<String, String> properties) {
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (self, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getProperty" -> properties.get((String) arguments[0]);
                        case "registerService" -> registration(arguments[1]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private Object registration(Object service) {
        registered.add(service);
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (self, method, arguments) -> {
                    registered.remove(service);
                    return null;
                });
    }
}
