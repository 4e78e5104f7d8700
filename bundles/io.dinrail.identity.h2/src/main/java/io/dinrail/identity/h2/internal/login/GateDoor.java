package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.rules.Grant;
import io.dinrail.identity.h2.internal.rules.Rules;
import java.util.Optional;

/** Lets in whoever proved who it is, if nothing else bars it; and looks once more, for what ended meanwhile. */
final class GateDoor {
    /** What became of it: an access, or why there is none. */
    sealed interface Outcome {
        /** It is let in. */
        record Opened(LiveAccess access) implements Outcome {}

        /** It is not. */
        record Shut(Proof.Failed failed) implements Outcome {}
    }

    private final Organisations organisations;
    private final StoredCredentials credentials;
    private final Rules rules;
    private final Trail trail;
    private final AccessTable table;
    private volatile boolean shut;

    GateDoor(Organisations organisations, StoredCredentials credentials, Rules rules, Trail trail, AccessTable table) {
        this.organisations = organisations;
        this.credentials = credentials;
        this.rules = rules;
        this.trail = trail;
        this.table = table;
    }

    Outcome open(GateProof proof, String address, AccessListener listener) {
        if (!(proof.proof() instanceof Proof.Proven proven)) {
            return new Outcome.Shut((Proof.Failed) proof.proof());
        }
        Optional<Proof.Failed> barred = barred(proven);
        if (barred.isPresent()) {
            return new Outcome.Shut(barred.get());
        }
        LiveOrigin origin =
                new LiveOrigin(address, listener, this::grant, id -> isAnothers(proven, id), proof.again(), trail);
        int most = organisation(proven).map(Organisation::maxConnections).orElse(1);
        return table.open(proven, origin, most)
                .map(access -> lookedAtAgain(access, proven, proof))
                .orElseGet(() -> shut(Reason.UNAVAILABLE, "too many connections"));
    }

    /** However far a prefix reaches, a name with a credential is not somebody else's client id: they would keep it out. Who lists it shares it. */
    private boolean isAnothers(Proof.Proven proven, String clientId) {
        Principal principal = proven.principal();
        return !clientId.equals(principal.name())
                && !proven.clientIds().contains(clientId)
                && !(credentials.named(principal.organisation(), clientId) instanceof Proof.Failed failed
                        && failed.reason() == Reason.WRONG);
    }

    Optional<Grant> grant(Proof.Proven proven) {
        return proven.grant().or(() -> rules.find(proven.principal().organisation(), proven.ruleSet()));
    }

    /** Lets nobody in any more. */
    void shut() {
        shut = true;
        table.closeAll();
    }

    /** From here on whatever ends finds the access; what ended before is found here. */
    private Outcome lookedAtAgain(LiveAccess access, Proof.Proven proven, GateProof proof) {
        Optional<Proof.Failed> barred;
        try {
            Proof now = proof.again().get();
            barred = now instanceof Proof.Failed failed ? Optional.of(failed) : barred(proven);
            if (barred.isEmpty() && !isSame(proven, (Proof.Proven) now)) {
                access.mark(true);
            }
        } catch (RuntimeException e) {
            access.close();
            throw e;
        }
        if (barred.isEmpty() && proven.holds().getAsBoolean()) {
            return new Outcome.Opened(access);
        }
        access.close();
        return shut(Reason.BARRED, barred.map(Proof.Failed::why).orElse("ended meanwhile"));
    }

    private static boolean isSame(Proof.Proven one, Proof.Proven other) {
        return one.ruleSet().equals(other.ruleSet())
                && one.until().equals(other.until())
                && one.clientIds().equals(other.clientIds())
                && one.principal().equals(other.principal());
    }

    private Optional<Proof.Failed> barred(Proof.Proven proven) {
        if (shut) {
            return Optional.of(new Proof.Failed(Reason.UNAVAILABLE, "identity stops"));
        }
        if (organisation(proven).filter(found -> !found.disabled()).isEmpty()) {
            return Optional.of(new Proof.Failed(Reason.BARRED, "organisation disabled"));
        }
        boolean hasEnded = LiveAccess.millis(proven) <= table.now();
        return hasEnded ? Optional.of(new Proof.Failed(Reason.BARRED, Gate.EXPIRED)) : Optional.empty();
    }

    private Optional<Organisation> organisation(Proof.Proven proven) {
        String id = proven.principal().organisation();
        return organisations.find(id).filter(found -> found.id().equals(id));
    }

    private static Outcome shut(Reason reason, String why) {
        return new Outcome.Shut(new Proof.Failed(reason, why));
    }
}
