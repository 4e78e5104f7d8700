package io.dinrail.broker.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Limits;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets everybody in who comes without a name, and every name whose password is {@code secret}; {@code name@org} belongs to that organisation. Nobody may use
 * the client id {@code somebody-elses}, or anything under {@code denied/}.
 */
public final class OpenIdentity implements Identity {
    private final Map<AccessListener, String> listeners = new ConcurrentHashMap<>();
    private volatile Limits limits = Limits.NONE;

    @Override
    public CompletionStage<Admission> admit(Attempt attempt, AccessListener listener) {
        boolean right = new String(attempt.secret(), UTF_8).equals("secret");
        return CompletableFuture.completedFuture(
                right
                        ? new Admission.Admitted(access(attempt.login(), Principal.Kind.DEVICE, listener))
                        : new Admission.Refused(Admission.Reason.WRONG));
    }

    @Override
    public Admission anonymous(String ruleSet, String address, AccessListener listener) {
        return new Admission.Admitted(access("anonymous", Principal.Kind.ANONYMOUS, listener));
    }

    private Access access(String login, Principal.Kind kind, AccessListener listener) {
        listeners.put(listener, login);
        int at = login.indexOf('@');
        Principal principal = at < 0
                ? new Principal(kind, Organisation.DEFAULT, login)
                : new Principal(kind, login.substring(at + 1), login.substring(0, at));
        return new Free(principal, limits, () -> listeners.remove(listener));
    }

    /** Who comes from now on publishes within these limits. */
    public void limit(Limits those) {
        limits = those;
    }

    /** Ends all that a login name has. */
    public void end(String login, AccessListener.End why) {
        listeners.forEach((listener, name) -> {
            if (name.equals(login)) {
                listener.ended(why);
            }
        });
    }

    @Override
    public Decision explain(String login, String clientId, Action action, String topic) throws IdentityException {
        throw new UnsupportedOperationException("nobody asks here");
    }

    private record Free(Principal principal, Limits limits, Runnable whenClosed) implements Access {
        @Override
        public String ruleSet() {
            return "open";
        }

        @Override
        public Optional<Instant> until() {
            return Optional.empty();
        }

        @Override
        public boolean bind(String clientId) {
            return !clientId.equals("somebody-elses");
        }

        @Override
        public boolean may(Action action, String topic) {
            return !topic.startsWith("denied/");
        }

        @Override
        public boolean mayReceive(String topic) {
            return !topic.startsWith("denied/");
        }

        @Override
        public boolean denied(Action action, String topic) {
            return false;
        }

        @Override
        public void close() {
            whenClosed.run();
        }
    }
}
