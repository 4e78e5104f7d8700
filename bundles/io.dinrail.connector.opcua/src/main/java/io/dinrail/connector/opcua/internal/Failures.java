package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Periods;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaServiceFaultException;

/** Waits for the library, and says in one sentence what went wrong with one endpoint. */
final class Failures {
    /** The library gives up at the timeout itself; this is how much longer it may take to say so. */
    private static final long GRACE_MILLIS = 500;

    private static final String CLOSED = "the server closed the connection";

    private final OpcuaSettings settings;

    Failures(OpcuaSettings settings) {
        this.settings = settings;
    }

    /** @throws ConnectorException if the answer is none, or none comes within the timeout. */
    <T> T await(CompletableFuture<T> answer) throws ConnectorException {
        try {
            return answer.get(settings.timeout().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            throw new ConnectorException(Reason.LOST, settings.endpoint() + ": " + silence(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(Reason.LOST, settings.endpoint() + ": the exchange was interrupted", e);
        }
    }

    ConnectorException failed(Throwable cause) {
        Optional<UaServiceFaultException> fault = find(cause, UaServiceFaultException.class);
        String message = settings.endpoint() + ": " + sentence(cause);
        if (fault.isPresent() && !Statuses.isAboutTheSession(fault.get().getStatusCode())) {
            return ConnectorException.refused(Statuses.name(fault.get().getStatusCode()), message);
        }
        return new ConnectorException(Reason.LOST, message, cause);
    }

    /** @return the endpoint for messages. */
    String endpoint() {
        return settings.endpoint();
    }

    /** @return the message of a failure without the endpoint in front. */
    String bare(ConnectorException failure) {
        String message = String.valueOf(failure.getMessage());
        String start = settings.endpoint() + ": ";
        return message.startsWith(start) ? message.substring(start.length()) : message;
    }

    ConnectorException lost(String what) {
        return new ConnectorException(Reason.LOST, settings.endpoint() + ": " + what);
    }

    private String sentence(Throwable cause) {
        Optional<ConnectException> connecting = find(cause, ConnectException.class);
        if (connecting.isPresent()) {
            String message = String.valueOf(connecting.get().getMessage());
            int address = message.indexOf(": /"); // Netty appends the address, which stands in front already
            return "can't be connected: " + (address < 0 ? message : message.substring(0, address));
        }
        if (find(cause, ClientThreads.Stopping.class).isPresent()
                || find(cause, RejectedExecutionException.class).isPresent()) {
            return ClientThreads.Stopping.WHAT;
        }
        Optional<Misconduct> misconduct = find(cause, Misconduct.class);
        if (misconduct.isPresent()) {
            return String.valueOf(misconduct.get().getMessage());
        }
        if (find(cause, IOException.class).isPresent()) {
            return CLOSED;
        }
        return find(cause, UaException.class)
                .map(e -> e.getStatusCode().value() == StatusCodes.Bad_Timeout ? silence() : said(e))
                .orElse("sent what can't be understood");
    }

    // the library's own messages repeat the status at best; ours say what to do
    private static String said(UaException e) {
        if (e.getStatusCode().value() == StatusCodes.Bad_ConnectionClosed) {
            return CLOSED;
        }
        String message = String.valueOf(e.getMessage());
        String status = Statuses.name(e.getStatusCode());
        return status.startsWith("Bad_Certificate") || e.getStatusCode().value() == StatusCodes.Bad_ConfigurationError
                ? status + ": " + message
                : status;
    }

    private String silence() {
        return "no answer within " + Periods.format(settings.timeout());
    }

    private static <E extends Throwable> Optional<E> find(Throwable thrown, Class<E> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
