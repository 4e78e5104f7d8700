package io.dinrail.broker.moquette.internal;

import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Admission;
import io.moquette.broker.MoquetteCore;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one CONNECT past identity to its organisation's engine, which may take time and blocks nobody. Used by the channel's own loop only; holds the
 * access for as long as the connection lives.
 */
final class Entrance implements AutoCloseable {
    private final Hall hall;
    private final ChannelHandlerContext ctx;
    private final MqttConnectMessage connect;
    private final Consumer<Login> in;
    private final Consumer<Refused> out;
    private @Nullable Access access;
    private boolean closed;

    Entrance(
            Hall hall,
            ChannelHandlerContext ctx,
            MqttConnectMessage connect,
            Consumer<Login> in,
            Consumer<Refused> out) {
        this.hall = hall;
        this.ctx = ctx;
        this.connect = connect;
        this.in = in;
        this.out = out;
    }

    boolean isVersion5() {
        return connect.variableHeader().version() == 5;
    }

    void ask(AccessListener listener) {
        try {
            Login.checkVersion(connect.variableHeader());
            Attempts.ask(connect, ctx.channel(), hall, listener)
                    .whenComplete((admission, failure) -> onLoop(
                            () -> answered(Optional.ofNullable(admission), Optional.ofNullable(failure)),
                            () -> close(admission)));
        } catch (Refused e) {
            out.accept(e);
        } catch (RuntimeException e) {
            out.accept(unavailable(e));
        }
    }

    private void onLoop(Runnable step, Runnable otherwise) {
        if (ctx.executor().inEventLoop()) {
            step.run();
            return;
        }
        try {
            ctx.executor().execute(step);
        } catch (RejectedExecutionException e) { // the broker has stopped meanwhile
            otherwise.run();
        }
    }

    private void answered(Optional<Admission> admission, Optional<Throwable> failure) {
        if (closed) {
            admission.ifPresent(Entrance::close);
        } else if (admission.isEmpty()) {
            out.accept(unavailable(failure.orElseGet(() -> new IllegalStateException("identity gave no answer"))));
        } else if (admission.get() instanceof Admission.Refused refused) {
            out.accept(Refused.of(refused.reason()));
        } else if (admission.get() instanceof Admission.Admitted admitted) {
            open(admitted.access());
        }
    }

    private void open(Access admitted) {
        access = admitted;
        hall.spaces()
                .of(admitted.principal().organisation())
                .whenComplete((core, failure) -> onLoop(
                        () -> enter(admitted, Optional.ofNullable(core), Optional.ofNullable(failure)), () -> {}));
    }

    private void enter(Access admitted, Optional<MoquetteCore> core, Optional<Throwable> failure) {
        if (closed) {
            return;
        }
        try {
            MoquetteCore engine = core.orElseThrow(
                    () -> unavailable(failure.orElseGet(() -> new IllegalStateException("no engine"))));
            in.accept(Login.of(connect, admitted, ctx.channel(), engine, hall));
        } catch (Refused e) {
            out.accept(e);
        } catch (RuntimeException e) {
            out.accept(unavailable(e));
        }
    }

    private static Refused unavailable(Throwable cause) {
        return (Refused) Refused.unavailable().initCause(cause);
    }

    private static void close(@Nullable Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            admitted.access().close();
        }
    }

    /** Ends the access; one that comes later is ended when it comes. */
    @Override
    public void close() {
        closed = true;
        if (access != null) {
            access.close();
        }
    }
}
