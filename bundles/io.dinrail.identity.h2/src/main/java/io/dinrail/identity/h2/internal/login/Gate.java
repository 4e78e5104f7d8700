package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.audit.LoginThrottle;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.rules.Rules;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every way in leads through here. Whatever goes wrong keeps somebody out. */
@Component(immediate = true)
public final class Gate implements Identity {
    /** Why something failed that has come to its end. */
    static final String EXPIRED = "expired";

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final OncePerMinute failures = new OncePerMinute();
    private final Organisations organisations;
    private final CertificateJudge judge;
    private final LoginThrottle throttle;
    private final Trail trail;
    private final GateProvers provers;
    private final GateDoor door;
    private final GateGuests guests;
    private final GateExplanation explanation;
    private final Runnable unwatch;

    @Activate
    public Gate(
            @Reference Organisations organisations,
            @Reference StoredCredentials credentials,
            @Reference Rules rules,
            @Reference CertificateJudge judge,
            @Reference LoginThrottle throttle,
            @Reference Trail trail,
            @Reference AccessTable table) {
        this.organisations = organisations;
        this.judge = judge;
        this.throttle = throttle;
        this.trail = trail;
        provers = new GateProvers(credentials, judge);
        door = new GateDoor(organisations, rules, trail, table);
        guests = new GateGuests(rules, door);
        explanation = new GateExplanation(credentials, door, table);
        unwatch = rules.watch((organisation, name) -> table.changed("rules:" + organisation + '/' + name));
    }

    @Deactivate
    public void shut() {
        unwatch.run();
        door.shut();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProver(Prover prover, Map<String, Object> properties) {
        provers.add(prover, properties);
    }

    void removeProver(Prover prover) {
        provers.remove(prover);
    }

    @Override
    public CompletionStage<Admission> admit(Attempt attempt, AccessListener listener) {
        try {
            GateName who = who(attempt);
            if (!throttle.mayTry(who.login(), attempt.address())) {
                return CompletableFuture.completedFuture(
                        refused(who, attempt, new Proof.Failed(Reason.THROTTLED, "throttled")));
            }
            return provers.prove(who, attempt)
                    .thenApply(proof -> answer(who, attempt, proof, listener))
                    .exceptionally(this::unavailable);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.completedFuture(unavailable(e));
        }
    }

    private GateName who(Attempt attempt) {
        if (attempt.certificate().isEmpty() || !attempt.login().isEmpty()) {
            return GateName.of(attempt.login(), organisations);
        }
        return judge.judge(attempt.certificate().get())
                .map(found -> GateName.of(Principal.login(found.organisation(), found.name()), organisations))
                .orElseGet(() -> GateName.of(
                        "certificate "
                                + attempt.certificate().get().getSerialNumber().toString(16),
                        organisations));
    }

    private Admission answer(GateName who, Attempt attempt, GateProof proof, AccessListener listener) {
        GateDoor.Outcome outcome = isOf(who, proof.proof())
                ? door.open(proof, attempt.address(), listener)
                : new GateDoor.Outcome.Shut(new Proof.Failed(Reason.WRONG, "of another organisation"));
        if (outcome instanceof GateDoor.Outcome.Opened opened) {
            throttle.succeeded(who.login(), attempt.address());
            return new Admission.Admitted(opened.access());
        }
        return refused(who, attempt, ((GateDoor.Outcome.Shut) outcome).failed());
    }

    private static boolean isOf(GateName who, Proof proof) {
        return !(proof instanceof Proof.Proven proven)
                || who.organisation()
                        .filter(found -> found.id().equals(proven.principal().organisation()))
                        .isPresent();
    }

    private Admission refused(GateName who, Attempt attempt, Proof.Failed failed) {
        if (failed.reason() == Reason.WRONG) {
            throttle.failed(who.login(), attempt.address());
        }
        trail.refused(who.login(), attempt.address(), failed.why());
        return new Admission.Refused(failed.reason());
    }

    private Admission unavailable(Throwable failure) {
        failures.log(() -> LOG.error("a login could not be checked: report this", failure));
        return new Admission.Refused(Reason.UNAVAILABLE);
    }

    @Override
    public Admission anonymous(String ruleSet, String address, AccessListener listener) {
        try {
            GateDoor.Outcome outcome = guests.open(ruleSet, address, listener);
            if (outcome instanceof GateDoor.Outcome.Opened opened) {
                return new Admission.Admitted(opened.access());
            }
            Proof.Failed failed = ((GateDoor.Outcome.Shut) outcome).failed();
            trail.refused(GateGuests.NAME, address, failed.why());
            return new Admission.Refused(failed.reason());
        } catch (RuntimeException | Error e) {
            return unavailable(e);
        }
    }

    @Override
    public Decision explain(String login, String clientId, Action action, String topic) throws IdentityException {
        return explanation.explain(GateName.of(login, organisations), clientId, action, topic);
    }
}
