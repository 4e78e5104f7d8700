package io.dinrail.identity.h2.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dinrail.identity.h2.internal.secrets.TestVault;
import io.dinrail.testkit.MemoryStore;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditConfigTest {
    @Test
    void aValueThatCantBeIsRefusedByItsKey() {
        try (MemoryStore store = new MemoryStore()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new AuditLog(config("audit_days", 0), store.dataSource(), new TestVault()))
                    .withMessageContaining("audit.days: 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new AuditLog(config("audit_entries", 5L), store.dataSource(), new TestVault()))
                    .withMessageContaining("audit.entries: 5");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailureThrottle(config("login_failures_per_name", 0)))
                .withMessageContaining("login.failures.per.name: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailureThrottle(config("login_failures_per_address", 1)))
                .withMessageContaining("login.failures.per.address: 1");
    }

    @Test
    void aLimitChangesWithoutForgettingAndABadOneChangesNothing() {
        FailureThrottle throttle = new FailureThrottle(config("", 0));
        for (int i = 0; i < 5; i++) {
            throttle.failed("press-1", "10.0.0.1");
        }
        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isTrue();

        throttle.changed(config("login_failures_per_name", 5));
        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isFalse();
        throttle.changed(config("login_failures_per_name", -1));
        assertThat(throttle.mayTry("press-1", "10.0.0.1")).isFalse();
    }

    private AuditConfig config(String key, Object value) {
        return (AuditConfig) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AuditConfig.class},
                (self, method, arguments) ->
                        Map.of(key, value).getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
