package io.dinrail.connector.opcua.internal;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.jspecify.annotations.Nullable;

/** The members of a structure of the standard's own namespace, for which the library has a class each. */
final class Members {
    private Members() {}

    /** @return them in order; empty if it is none of those classes. */
    static Map<String, Object> of(Object decoded) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (decoded instanceof UaStructuredType) {
            collect(decoded.getClass(), decoded, members);
        }
        return members;
    }

    private static void collect(Class<?> type, Object decoded, Map<String, Object> members) {
        if (!UaStructuredType.class.isAssignableFrom(type)) {
            return;
        }
        collect(type.getSuperclass(), decoded, members); // the members of the supertype stand first
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                String name = field.getName();
                Object value = value(decoded, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
                if (value != null) {
                    members.put(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), value);
                }
            }
        }
    }

    private static @Nullable Object value(Object decoded, String name) {
        try {
            Method getter = decoded.getClass().getMethod("get" + name);
            return getter.invoke(decoded);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }
}
