package io.dinrail.testkit;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Expects the tests to fail that {@link KnownFailures} names. */
final class FailsAsKnown implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        KnownFailures known = context.getRequiredTestClass().getAnnotation(KnownFailures.class);
        if (known == null
                || !List.of(known.value()).contains(method.getExecutable().getName())) {
            invocation.proceed();
        } else if (holds(invocation)) {
            throw new AssertionError("it holds: take it off the known failures");
        }
    }

    private static boolean holds(Invocation<Void> invocation) {
        try {
            invocation.proceed();
            return true;
        } catch (Throwable known) {
            return false;
        }
    }
}
