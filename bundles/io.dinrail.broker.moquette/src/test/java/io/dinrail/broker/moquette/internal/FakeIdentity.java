package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.Limits;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows whom a test tells it; the password is the login name and {@code -secret}. */
final class FakeIdentity implements Identity {
    /** What somebody may do. */
    interface Rules {
        boolean may(Action action, String topic);

        default boolean mayReceive(String topic) {
            return true;
        }
    }

    /** Somebody, and what is open in its name. */
    static final class Holder {
        final Principal principal;
        final List<String> clientIds;
        final List<FakeAccess> open = new CopyOnWriteArrayList<>();
        volatile Rules rules;
        volatile Limits limits = Limits.USUAL;
        volatile Instant issuedAt = Instant.EPOCH;
        volatile Optional<Instant> until = Optional.empty();

        Holder(Principal principal, List<String> clientIds, Rules rules) {
            this.principal = principal;
            this.clientIds = clientIds;
            this.rules = rules;
        }
    }

    private final Map<String, Holder> holders = new ConcurrentHashMap<>();
    final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    final List<FakeAccess> admitted = new CopyOnWriteArrayList<>();
    volatile Optional<Admission.Reason> refusal = Optional.empty();
    volatile boolean tooManyRefusals;
    volatile Optional<CompletableFuture<Void>> held = Optional.empty();

    FakeIdentity device(String login) {
        Principal principal = principal(Principal.Kind.DEVICE, login);
        return with(new Holder(principal, List.of(principal.name()), ofDevice(principal.name())));
    }

    FakeIdentity backend(String login) {
        Principal principal = principal(Principal.Kind.BACKEND, login);
        return with(new Holder(principal, List.of(principal.name(), principal.name() + "-*"), all()));
    }

    FakeIdentity with(Holder holder) {
        holders.put(holder.principal.login(), holder);
        return this;
    }

    FakeIdentity backend(String login, String clientIds) {
        return with(new Holder(principal(Principal.Kind.BACKEND, login), List.of(clientIds), all()));
    }

    private static Principal principal(Principal.Kind kind, String login) {
        int at = login.lastIndexOf('@');
        return at < 0
                ? new Principal(kind, Organisation.DEFAULT, login)
                : new Principal(kind, login.substring(at + 1), login.substring(0, at));
    }

    Holder of(String login) {
        return holders.get(login);
    }

    /** As identity does: from a thread of its own. */
    void change(String login, Rules rules) throws InterruptedException {
        of(login).rules = rules;
        tell(() -> of(login).open.forEach(access -> access.listener.changed()));
    }

    void end(String login, End why) throws InterruptedException {
        Holder holder = why == End.REVOKED ? holders.remove(login) : of(login);
        tell(() -> List.copyOf(holder.open).forEach(access -> {
            access.over = true;
            access.listener.ended(why);
        }));
    }

    private static void tell(Runnable task) throws InterruptedException {
        Thread thread = new Thread(task, "identity");
        thread.start();
        thread.join();
    }

    static byte[] secret(String login) {
        return (login + "-secret").getBytes(UTF_8);
    }

    static Rules all() {
        return (action, topic) -> !topic.startsWith("_");
    }

    static Rules ofDevice(String name) {
        return (action, topic) -> {
            if (topic.contains("boom")) {
                throw new IllegalStateException("the decision point is broken");
            }
            return action == Action.SUBSCRIBE
                    ? topic.equals("commands/" + name + "/#") || topic.startsWith("commands/" + name + "/")
                    : topic.startsWith("telemetry/" + name + "/")
                            || topic.equals("telemetry/" + name)
                            || topic.startsWith("devices/" + name + "/")
                            || topic.equals("commands/" + name + "/ack");
        };
    }

    /** Lets logins wait until the future is done. */
    CompletableFuture<Void> hold() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        held = Optional.of(future);
        return future;
    }

    @Override
    public CompletionStage<Admission> admit(Attempt attempt, AccessListener listener) {
        attempts.add(attempt);
        CompletionStage<Void> first = held.orElseGet(() -> CompletableFuture.completedFuture(null));
        return first.thenApply(ignored -> answer(attempt, listener));
    }

    private Admission answer(Attempt attempt, AccessListener listener) {
        if (refusal.isPresent()) {
            return new Admission.Refused(refusal.get());
        }
        String login = attempt.login().isEmpty()
                ? attempt.certificate()
                        .orElseThrow()
                        .getSubjectX500Principal()
                        .getName()
                        .substring(3)
                : attempt.login();
        boolean proved = attempt.login().isEmpty() || new String(attempt.secret(), UTF_8).equals(login + "-secret");
        return Optional.ofNullable(holders.get(login))
                .filter(holder -> proved)
                .<Admission>map(holder -> admitted(holder, listener))
                .orElseGet(() -> new Admission.Refused(Admission.Reason.WRONG));
    }

    private Admission admitted(Holder holder, AccessListener listener) {
        FakeAccess access = new FakeAccess(holder, listener);
        holder.open.add(access);
        admitted.add(access);
        return new Admission.Admitted(access);
    }

    @Override
    public Admission anonymous(String ruleSet, String address, AccessListener listener) {
        Principal nobody = new Principal(Principal.Kind.ANONYMOUS, Organisation.DEFAULT, "anonymous");
        return admitted(new Holder(nobody, List.of("*"), all()), listener);
    }

    @Override
    public Decision explain(String login, String clientId, Action action, String topic) {
        throw new UnsupportedOperationException("the broker explains nothing");
    }

    /** One connection's rights. */
    final class FakeAccess implements Access {
        final Holder holder;
        final AccessListener listener;
        volatile String clientId = "";
        volatile boolean closed;
        volatile boolean over;

        FakeAccess(Holder holder, AccessListener listener) {
            this.holder = holder;
            this.listener = listener;
        }

        @Override
        public Principal principal() {
            return holder.principal;
        }

        @Override
        public String ruleSet() {
            return "fake";
        }

        @Override
        public Optional<Instant> until() {
            return holder.until;
        }

        @Override
        public Limits limits() {
            return holder.limits;
        }

        @Override
        public boolean bind(String id) {
            clientId = id;
            return holder.clientIds.stream()
                    .anyMatch(allowed -> allowed.endsWith("*")
                            ? id.startsWith(allowed.substring(0, allowed.length() - 1))
                            : id.equals(allowed)
                                    || id.startsWith(allowed + "-") && id.length() == allowed.length() + 17);
        }

        @Override
        public boolean may(Action action, String topic) {
            return !over && !closed && holder.rules.may(action, topic);
        }

        @Override
        public boolean mayReceive(String topic) {
            return !over && !closed && holder.rules.mayReceive(topic);
        }

        @Override
        public boolean denied(Action action, String topic) {
            return tooManyRefusals;
        }

        @Override
        public void close() {
            closed = true;
            holder.open.remove(this);
        }
    }
}
