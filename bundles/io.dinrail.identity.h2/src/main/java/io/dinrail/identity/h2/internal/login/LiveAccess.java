package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Limits;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.rules.Grant;
import io.dinrail.identity.h2.internal.rules.NoRights;
import io.dinrail.identity.h2.internal.rules.Rights;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rights of one connection. Whoever ends it takes its rights in the same step, under its own monitor, in which nothing but the table is called; filling rights
 * in anew asks books, rules and register, under another one.
 */
final class LiveAccess implements Access {
    static final long FOREVER = Long.MAX_VALUE;

    private static final int RIGHTS = 1;
    private static final int CREDENTIAL = 2;
    private static final Logger LOG = LoggerFactory.getLogger(LiveAccess.class);
    private static final Grant NOTHING = facts -> new NoRights("its rule set is gone");
    private static final Optional<LiveFacts> UNBOUND = Optional.empty();

    private final AccessTable table;
    private final LiveOrigin origin;
    private final long number;
    private final Object filling = new Object();
    private final LiveRefusals refusals;
    private final AtomicInteger due = new AtomicInteger(); // what is to be asked about anew

    private volatile Proof.Proven proven;
    private volatile long until;
    private volatile Rights rights = Rights.NONE;
    private volatile Limits limits = Limits.USUAL;
    private volatile Optional<LiveFacts> facts = UNBOUND;
    private volatile boolean over;
    private volatile boolean closed;
    private volatile End end = End.EXPIRED;
    private Grant grant = NOTHING; // under filling, as client and taken
    private String client = "";
    private boolean taken;

    LiveAccess(AccessTable table, long number, Proof.Proven proven, LiveOrigin origin) {
        this.table = table;
        this.number = number;
        this.proven = proven;
        this.origin = origin;
        this.until = millis(proven);
        this.refusals = new LiveRefusals(origin.trail(), table.nanos());
    }

    static long millis(Proof.Proven proven) {
        return proven.until().map(Instant::toEpochMilli).orElse(FOREVER);
    }

    @Override
    public Principal principal() {
        return proven.principal();
    }

    @Override
    public String ruleSet() {
        return proven.ruleSet();
    }

    @Override
    public Optional<Instant> until() {
        return proven.until();
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public boolean bind(String clientId) {
        synchronized (filling) {
            boolean first = !taken;
            taken = true;
            if (!first || over || !mayUse(clientId)) {
                client = "";
                take(Rights.NONE);
                return false;
            }
            client = clientId;
            fill();
            return !over;
        }
    }

    private boolean mayUse(String clientId) {
        return new LiveClientIds(proven.clientIds()).allow(clientId)
                && !origin.anothers().test(clientId);
    }

    @Override
    public boolean may(Action action, String topic) {
        return isInTime() && rights.may(action, topic);
    }

    @Override
    public boolean mayReceive(String topic) {
        return isInTime() && rights.mayReceive(topic);
    }

    @Override
    public boolean denied(Action action, String topic) {
        String clientId = facts.map(LiveFacts::clientId).orElse("");
        return refusals.denied(principal().login(), clientId, origin.address(), action, topic);
    }

    @Override
    public void close() {
        closed = true;
        if (finish()) {
            table.forget(this);
        }
    }

    /** Nobody ends or moves it before it is in every place. */
    synchronized void enter() {
        table.enter(this);
    }

    /** Ends it: when this returns, nothing is allowed any more, and its listener will hear so. */
    void end(End why) {
        synchronized (this) {
            if (over) {
                return;
            }
            end = why;
            finish();
        }
        table.ended(this);
    }

    private synchronized boolean finish() {
        boolean first = !over;
        over = true;
        rights = Rights.NONE;
        return first;
    }

    /** What it has is asked about anew before long. */
    void mark(boolean credentialToo) {
        int before = due.getAndAccumulate(credentialToo ? CREDENTIAL : RIGHTS, (one, other) -> one | other);
        if (before == 0 && !over) {
            table.marked(this);
        }
    }

    /** On identity's thread only. */
    void refresh() {
        boolean asksAgain = (due.getAndSet(0) & CREDENTIAL) != 0;
        if (over || (asksAgain && !isStillProven())) {
            return;
        }
        boolean isDifferent;
        synchronized (filling) {
            isDifferent = !client.isEmpty() && fill();
        }
        if (isDifferent && !over) {
            origin.listener().changed();
        }
    }

    /** On identity's thread only. */
    void tellEnd() {
        table.forget(this);
        if (!closed) {
            origin.listener().ended(end);
        }
    }

    private boolean isStillProven() {
        Proof proof = origin.again().get();
        if (proof instanceof Proof.Failed failed) {
            boolean isExpired = failed.why().equals(Gate.EXPIRED);
            // REVOKED would throw away what is queued: only who revokes says that.
            end(isExpired ? End.EXPIRED : End.DISABLED);
            return false;
        }
        Proof.Proven now = (Proof.Proven) proof;
        synchronized (this) {
            if (over) {
                return false;
            }
            table.move(this, proven, now);
            proven = now;
            until = millis(now);
        }
        return mayKeepClientId(now);
    }

    private boolean mayKeepClientId(Proof.Proven now) {
        if (facts.map(LiveFacts::clientId)
                .map(new LiveClientIds(now.clientIds())::allow)
                .orElse(true)) {
            return true;
        }
        end(End.DISABLED);
        return false;
    }

    /** @return whether anything is different. */
    private boolean fill() {
        try {
            Proof.Proven current = proven;
            Grant found = origin.grants().apply(current).orElse(NOTHING);
            LiveFacts known = table.facts(current, client, facts);
            if (found == grant && facts.filter(known::equals).isPresent()) {
                return false;
            }
            take(found.bind(known));
            grant = found;
            facts = Optional.of(known);
            limits = found.limits();
        } catch (RuntimeException e) {
            take(new NoRights("its rights can't be found"));
            LOG.error(
                    "the rights of {} can't be found, so it has none: report this",
                    principal().login(),
                    e);
        }
        return true;
    }

    private synchronized void take(Rights found) {
        if (!over) {
            rights = found;
        }
    }

    private boolean isInTime() {
        if (until == FOREVER || table.now() < until) {
            return true;
        }
        end(End.EXPIRED);
        return false;
    }

    Proof.Proven proven() {
        return proven;
    }

    long number() {
        return number;
    }
}
