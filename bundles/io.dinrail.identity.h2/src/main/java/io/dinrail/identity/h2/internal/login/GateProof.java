package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Admission.Reason;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What became of a login's check.
 *
 * @param proof the outcome.
 * @param again asks once more later, without the secret.
 */
record GateProof(Proof proof, Supplier<Proof> again) {
    static GateProof failed(Reason reason, String why) {
        Proof failed = new Proof.Failed(reason, why);
        return new GateProof(failed, () -> failed);
    }

    /** Of whoever keeps nothing to ask again about. */
    static GateProof once(Proof proof) {
        return new GateProof(proof, () -> holds(proof) ? proof : new Proof.Failed(Reason.BARRED, "ended"));
    }

    /** The rights of the secret, for as long as the certificate is good as well. */
    static Proof both(Proof proof, Optional<CertificateJudge.Certified> judged, Supplier<Boolean> isTrusted) {
        if (!(proof instanceof Proof.Proven proven)) {
            return proof;
        }
        if (judged.isEmpty()) {
            return new Proof.Failed(Reason.BARRED, "certificate not trusted");
        }
        CertificateJudge.Certified certified = judged.get();
        Instant until =
                proven.until().filter(end -> end.isBefore(certified.until())).orElse(certified.until());
        Set<String> roots = new HashSet<>(proven.roots());
        roots.addAll(certified.roots());
        return new Proof.Proven(
                proven.principal(),
                proven.clientIds(),
                proven.ruleSet(),
                proven.grant(),
                proven.claims(),
                Optional.of(until),
                roots,
                () -> proven.holds().getAsBoolean() && isTrusted.get());
    }

    private static boolean holds(Proof proof) {
        return proof instanceof Proof.Proven proven && proven.holds().getAsBoolean();
    }
}
