package io.dinrail.identity.h2.internal.login;

import io.dinrail.device.api.DeviceRegister;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.DeviceChanged;
import io.dinrail.event.api.Topics;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.model.api.DeviceId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accesses that are open, by what they rest on and by when they end. */
@Component(
        service = {AccessTable.class, LiveAccesses.class, EventHandler.class},
        property = {
            EventConstants.EVENT_TOPIC + "=" + Topics.DEVICE + "ADDED",
            EventConstants.EVENT_TOPIC + "=" + Topics.DEVICE + "CHANGED",
            EventConstants.EVENT_TOPIC + "=" + Topics.DEVICE + "REMOVED"
        })
public final class AccessTable implements LiveAccesses, EventHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AccessTable.class);
    private static final String GATEWAYS = "gateways";
    private static final Duration TOO_FAR = Duration.ofMinutes(1);

    private final SteadyClock clock;
    private final LongSupplier nanos = () -> TimeUnit.MILLISECONDS.toNanos(now());
    private final AccessIndex index = new AccessIndex();
    private final AccessEnds ends = new AccessEnds();
    private final AccessCounts counts = new AccessCounts();
    private final AccessThread thread = new AccessThread(this::tick);
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicBoolean gatewaysDue = new AtomicBoolean();
    private volatile Optional<DeviceRegister> register = Optional.empty();
    private boolean isBehind; // on the thread only

    @Activate
    public AccessTable() {
        this(SteadyClock.system());
    }

    AccessTable(SteadyClock clock) {
        this.clock = clock;
        thread.start();
    }

    /** Tells nobody: whoever has an access to close has lost identity with this. */
    @Deactivate
    public void stop() {
        thread.close();
        closeAll();
    }

    /**
     * Makes an access and keeps it until it is closed or has ended.
     *
     * @param most how many the organisation may have, 0 for any number.
     * @return the access; empty if the organisation has too many.
     */
    Optional<LiveAccess> open(Proof.Proven proven, LiveOrigin origin, int most) {
        if (!counts.enter(proven.principal().organisation(), isReturning(proven) ? 0 : most)) {
            return Optional.empty();
        }
        LiveAccess access = new LiveAccess(this, numbers.incrementAndGet(), proven, origin);
        access.enter();
        return Optional.of(access);
    }

    /** A device whose old connection is not known to be dead takes its place, however full its organisation is. */
    private boolean isReturning(Proof.Proven proven) {
        Principal principal = proven.principal();
        int open = index.on("credential:" + principal.organisation() + '/' + principal.name())
                .size();
        return open > 0 && open <= proven.clientIds().size() && new LiveClientIds(proven.clientIds()).areExact();
    }

    void enter(LiveAccess access) {
        index.add(roots(access.proven()), access);
        ends.add(LiveAccess.millis(access.proven()), access);
    }

    void forget(LiveAccess access) {
        Proof.Proven proven = access.proven();
        index.remove(roots(proven), access);
        ends.remove(LiveAccess.millis(proven), access);
        counts.leave(proven.principal().organisation());
    }

    void move(LiveAccess access, Proof.Proven from, Proof.Proven to) {
        Set<String> left = roots(from);
        left.removeAll(roots(to));
        index.add(roots(to), access);
        index.remove(left, access);
        ends.remove(LiveAccess.millis(from), access);
        ends.add(LiveAccess.millis(to), access);
    }

    void closeAll() {
        index.every(LiveAccess::close);
    }

    @Override
    public void end(String root, End why) {
        index.on(root).forEach(access -> access.end(why));
    }

    @Override
    public void changed(String root) {
        boolean credentialToo = root.startsWith("credential:") || root.startsWith("organisation:");
        index.on(root).forEach(access -> access.mark(credentialToo));
    }

    @Override
    public void handleEvent(Event event) {
        BusEvents.unwrap(event, DeviceChanged.class).map(DeviceChanged::device).ifPresent(this::changed);
    }

    private void changed(DeviceId device) {
        changed("device:" + device.value());
        gatewaysDue.set(true);
    }

    /** While there is none, connections keep what is known of them. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindRegister(DeviceRegister found) {
        register = Optional.of(found);
        index.on("organisation:" + Organisation.DEFAULT).forEach(access -> access.mark(false));
    }

    void unbindRegister(DeviceRegister gone) {
        register = register.filter(current -> current != gone);
    }

    LiveFacts facts(Proof.Proven proven, String clientId, Optional<LiveFacts> before) {
        Map<String, List<String>> known = before.map(LiveFacts::attributes).orElse(Map.of());
        return LiveFacts.of(
                proven,
                clientId,
                register.map(there -> LiveFacts.attributes(proven.principal(), there))
                        .orElse(known));
    }

    boolean isEmpty() {
        return index.isEmpty() && ends.isEmpty() && counts.isEmpty();
    }

    boolean isRunning() {
        return thread.isRunning();
    }

    long now() {
        return clock.millis();
    }

    LongSupplier nanos() {
        return nanos;
    }

    void ended(LiveAccess access) {
        thread.ended(access);
    }

    void marked(LiveAccess access) {
        thread.marked(access);
    }

    private void tick() {
        sayIfSetBack(clock.behind());
        ends.until(now(), access -> access.end(End.EXPIRED));
        if (gatewaysDue.getAndSet(false)) {
            index.on(GATEWAYS).forEach(access -> access.mark(false));
        }
    }

    private void sayIfSetBack(Duration behind) {
        if (behind.compareTo(TOO_FAR) > 0 != isBehind) {
            isBehind = !isBehind;
            if (isBehind) {
                LOG.warn(
                        "the machine's clock was set back by {} s: what has ended stays ended, and what is to end ends as if"
                                + " it had not been; restart the platform if the clock was wrong before",
                        behind.toSeconds());
            }
        }
    }

    private static Set<String> roots(Proof.Proven proven) {
        Principal principal = proven.principal();
        Set<String> roots = new HashSet<>(proven.roots());
        roots.add("organisation:" + principal.organisation());
        if (proven.grant().isEmpty()) {
            roots.add("rules:" + principal.organisation() + '/' + proven.ruleSet());
        }
        if (LiveFacts.isRegistered(principal)) {
            roots.add("device:" + principal.name());
            if (principal.kind() == Principal.Kind.GATEWAY) {
                roots.add(GATEWAYS);
            }
        }
        return roots;
    }
}
