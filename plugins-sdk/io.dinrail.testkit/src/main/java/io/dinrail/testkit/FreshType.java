package io.dinrail.testkit;

import io.dinrail.connector.api.ConnectorType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/**
 * Makes connector types as a framework does.
 *
 * @param type the class to make them of.
 */
record FreshType(Class<? extends ConnectorType> type) {
    static FreshType of(Class<? extends ConnectorType> type) {
        return new FreshType(type);
    }

    /** With the connector's classes loaded once more, by a loader that has nothing else; libraries are shared. */
    static FreshType alone(Class<? extends ConnectorType> type) throws ClassNotFoundException {
        Class<?> loaded = Class.forName(type.getName(), true, new OwnClasses(type));
        return new FreshType(loaded.asSubclass(ConnectorType.class));
    }

    ConnectorType make() throws ReflectiveOperationException {
        Constructor<? extends ConnectorType> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    static void end(ConnectorType made, String method) throws ReflectiveOperationException {
        for (Method candidate : made.getClass().getDeclaredMethods()) {
            if (candidate.getName().equals(method) && candidate.getParameterCount() == 0) {
                candidate.setAccessible(true);
                candidate.invoke(made);
            }
        }
    }

    /** Loads the package of one class itself, as the loader of a bundle would. */
    private static final class OwnClasses extends ClassLoader {
        private final String own;

        OwnClasses(Class<?> type) {
            super(type.getClassLoader());
            this.own = type.getPackageName() + ".";
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                return name.startsWith(own) ? own(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
