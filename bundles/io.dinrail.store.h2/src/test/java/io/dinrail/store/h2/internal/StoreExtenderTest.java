package io.dinrail.store.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.sql.DataSource;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

class StoreExtenderTest {
    private static final Map<String, String> TABLE = Map.of("db/V1.sql", "CREATE TABLE DEVICE (ID INT PRIMARY KEY);");

    @TempDir
    Path folder;

    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void boot() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("cache").toString(),
                        "felix.log.level",
                        "0",
                        "dinrail.data",
                        folder.resolve("data").toString()));
        framework.start();
        context = framework.getBundleContext();
    }

    @AfterEach
    void halt() throws Exception {
        framework.stop();
        framework.waitForStop(5_000);
    }

    @Test
    void everyBundleWithTheHeaderGetsItsSchemaAndKeepsItOverARestart() throws Exception {
        Bundle early = install("early", TABLE);
        early.start();
        StoreExtender store = new StoreExtender(context);
        await().until(() -> has("early"));
        install("late", TABLE).start();
        await().until(() -> has("late"));
        ServiceReference<?> before = reference("early");
        early.stop();
        early.start();
        assertThat(reference("early")).isEqualTo(before);
        use("early", "INSERT INTO DEVICE VALUES (1)");
        store.deactivate();
        assertThat(has("early")).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("dinrail-store"));
    }

    @Test
    void anUninstalledBundleHasNoSchemaAnyMoreAndItsDataStays() throws Exception {
        StoreExtender store = new StoreExtender(context);
        Bundle first = install("plant", TABLE);
        first.start();
        await().until(() -> has("plant"));
        use("plant", "INSERT INTO DEVICE VALUES (1)");
        first.uninstall();
        assertThat(has("plant")).isFalse();
        install("plant", TABLE).start();
        await().until(() -> has("plant"));
        use("plant", "DELETE FROM DEVICE WHERE ID = 1");
        store.deactivate();
    }

    @Test
    void aFailingScriptLeavesTheOthersAlone() throws Exception {
        StoreExtender store = new StoreExtender(context);
        install("broken", Map.of("db/V1.sql", "CREATE NONSENSE")).start();
        install("empty", Map.of()).start();
        install("misnamed", Map.of("db/first.sql", "SELECT 1")).start();
        install("sound", TABLE).start();
        await().until(() -> has("sound"));
        assertThat(has("broken")).isFalse();
        assertThat(has("empty")).isFalse();
        assertThat(has("misnamed")).isFalse();
        store.deactivate();
    }

    @Test
    void aStoreInUseIsOpenedAsSoonAsItIsFree() throws Exception {
        Path store = folder.resolve("data/store");
        DatabaseFile.open(store).close();
        StoreThread thread = new StoreThread(store, Duration.ofMillis(10));
        try (FileChannel other = FileChannel.open(store.resolve("dinrail.mv.db"), StandardOpenOption.WRITE)) {
            other.lock();
            thread.serve(new Tenant(context, install("plant", TABLE), "plant"));
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            assertThat(has("plant")).isFalse();
        }
        await().until(() -> has("plant"));
        assertThat(thread.end(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void aStoreThatCannotBeOpenedStopsNothing() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/store"), "a file where the folder should be");
        StoreExtender store = new StoreExtender(context);
        install("plant", TABLE).start();
        store.deactivate();
        assertThat(has("plant")).isFalse();
    }

    private Bundle install(String schema, Map<String, String> entries) throws Exception {
        return context.installBundle("test:" + schema, jar(schema, entries));
    }

    private static InputStream jar(String schema, Map<String, String> entries) throws Exception {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "test." + schema);
        headers.putValue(SchemaBundle.HEADER, schema);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private boolean has(String schema) throws InvalidSyntaxException {
        return !context.getServiceReferences(DataSource.class, "(dinrail.schema=" + schema + ")")
                .isEmpty();
    }

    private ServiceReference<DataSource> reference(String schema) throws InvalidSyntaxException {
        return context.getServiceReferences(DataSource.class, "(dinrail.schema=" + schema + ")")
                .iterator()
                .next();
    }

    private void use(String schema, String sql) throws Exception {
        try (Connection connection = context.getService(reference(schema)).getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
