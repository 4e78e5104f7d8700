package io.dinrail.identity.h2.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.h2.internal.secrets.MasterVault;
import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.MemoryStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

class AuditedMasterKeysTest {
    private static final Actor ADMIN = new Actor("anna", "ssh 10.0.0.9");

    @TempDir
    private Path data;

    private final MemoryStore memory = new MemoryStore();
    private final FailingStore store = new FailingStore(memory.dataSource());
    private final List<String> traces = new ArrayList<>();

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void aRotationLeavesATraceWithoutTheKey() throws Exception {
        AuditedMasterKeys keys = keys();

        keys.rotate(ADMIN);

        assertThat(keys.source()).isEqualTo(data.resolve("secrets/master.key").toString());
        assertThat(traces).containsExactly("anna master-key.rotated " + keys.source());
    }

    @Test
    void whatFailedLeavesNoTraceOfHavingBeenDone() {
        AuditedMasterKeys keys = keys();
        store.fail();

        assertThatThrownBy(() -> keys.rotate(ADMIN)).isInstanceOf(IdentityException.class);
        assertThatThrownBy(() -> keys.backUp(ADMIN, data.resolve("b.zip"))).isInstanceOf(IdentityException.class);
        assertThat(traces).isEmpty();
    }

    private AuditedMasterKeys keys() {
        return new AuditedMasterKeys(new MasterVault(bundle(), store), new Traces());
    }

    /** As much of the framework as the vault uses. */
    private BundleContext bundle() {
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (self, method, arguments) -> "dinrail.data".equals(arguments[0]) ? data.toString() : null);
    }

    private final class Traces implements Trail {
        @Override
        public void noted(Actor by, String kind, String subject, String detail) {
            changed(by, kind, subject, detail);
        }

        @Override
        public void changed(Actor by, String kind, String subject, String detail) {
            traces.add(by.name() + " " + kind + " " + subject);
        }

        @Override
        public void refused(String login, String address, String why) {}

        @Override
        public void denied(String login, String clientId, String address, Action action, String topic) {}
    }
}
