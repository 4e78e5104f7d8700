package io.moquette.broker;

import io.moquette.interception.BrokerInterceptor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The engine's session loops, which an exception ends, made to outlive it; and it knows how much waits, since a full loop drops without a word. */
final class SteadyLoops extends SessionEventLoopGroup {
    private final AtomicIntegerArray waiting = new AtomicIntegerArray(getEventLoopCount());
    private final int capacity;
    private final Trouble trouble;

    SteadyLoops(BrokerInterceptor interceptor, int capacity, Trouble trouble) {
        super(interceptor, capacity);
        this.capacity = capacity;
        this.trouble = trouble;
    }

    /** Math.abs of the hash is negative for one client id in four thousand million. */
    @Override
    int targetQueueOrdinal(String clientId) {
        return Math.floorMod(clientId.hashCode(), getEventLoopCount());
    }

    @Override
    public PostOffice.RouteResult routeCommand(String clientId, String what, Callable<Void> action) {
        if (clientId == null) {
            return PostOffice.RouteResult.failed("", "no session");
        }
        int loop = targetQueueOrdinal(clientId);
        waiting.incrementAndGet(loop);
        PostOffice.RouteResult result = super.routeCommand(clientId, what, () -> {
            waiting.decrementAndGet(loop);
            return steady(clientId, what, action);
        });
        if (!result.isSuccess()) {
            waiting.decrementAndGet(loop);
            trouble.full(clientId, what);
        }
        return result;
    }

    /** @return whether so much waits that nothing more should be taken. */
    boolean pressed() {
        return fullest() > capacity / 2;
    }

    boolean idle() {
        return fullest() == 0;
    }

    private int fullest() {
        int most = 0;
        for (int loop = 0; loop < waiting.length(); loop++) {
            most = Math.max(most, waiting.get(loop));
        }
        return most;
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private Void steady(String clientId, String what, Callable<Void> action) {
        try {
            return action.call();
        } catch (Exception | LinkageError | AssertionError e) {
            trouble.failed(clientId, what, e);
            return null;
        }
    }
}
