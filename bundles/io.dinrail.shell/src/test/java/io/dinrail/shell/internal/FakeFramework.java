package io.dinrail.shell.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/** As much of a framework as commands see: services that a test puts there, properties, the own bundle's version. */
final class FakeFramework {
    private final Map<Class<?>, List<Object>> services = new ConcurrentHashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    <T> void add(Class<T> type, T service) {
        services.computeIfAbsent(type, key -> new CopyOnWriteArrayList<>()).add(service);
    }

    void property(String name, String value) {
        properties.put(name, value);
    }

    <T> List<T> all(Class<T> type) {
        return services.getOrDefault(type, List.of()).stream().map(type::cast).toList();
    }

    BundleContext context() {
        return proxy(BundleContext.class, (self, method, args) -> switch (method.getName()) {
            case "getServiceReference" ->
                all((Class<?>) args[0]).stream()
                        .map(this::reference)
                        .findFirst()
                        .orElse(null);
            case "getServiceReferences" ->
                all((Class<?>) args[0]).stream().map(this::reference).toList();
            case "getService" -> ((Held) Proxy.getInvocationHandler(args[0])).service();
            case "getProperty" -> properties.get((String) args[0]);
            case "getBundle" -> bundle();
            case "registerService" -> register((Class<?>) args[0], args[1]);
            case "equals" -> self == args[0];
            case "hashCode" -> 1;
            default -> throw new AssertionError("not there: " + method);
        });
    }

    private Object register(Class<?> type, Object service) {
        services.computeIfAbsent(type, key -> new CopyOnWriteArrayList<>()).add(service);
        return proxy(ServiceRegistration.class, (self, method, args) -> {
            services.getOrDefault(type, List.of()).remove(service);
            return null;
        });
    }

    private static Object bundle() {
        return proxy(Bundle.class, (self, method, args) -> Version.parseVersion("0.1.0"));
    }

    private ServiceReference<?> reference(Object service) {
        return proxy(ServiceReference.class, new Held(service));
    }

    private record Held(Object service) implements InvocationHandler {
        @Override
        public Object invoke(Object self, java.lang.reflect.Method method, Object[] args) {
            return 0; // compareTo
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
