package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Organisation;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.osgi.framework.Constants;

/** Who checks what. A name that nobody can have goes the same way as one that somebody has. */
final class GateProvers {
    private static final String NOBODY = "\0";
    private static final int LONGEST_SECRET = 65_536;

    /** The order of services: the higher ranking, then the older. */
    private record Rank(int ranking, long id) implements Comparable<Rank> {
        private static final Comparator<Rank> ORDER =
                Comparator.comparingInt(Rank::ranking).reversed().thenComparingLong(Rank::id);

        static Rank of(Map<String, ?> properties) {
            int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
            long id = properties.get(Constants.SERVICE_ID) instanceof Long given ? given : 0;
            return new Rank(ranking, id);
        }

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<Rank, Prover> provers = new ConcurrentSkipListMap<>();
    private final StoredCredentials credentials;
    private final CertificateJudge judge;

    GateProvers(StoredCredentials credentials, CertificateJudge judge) {
        this.credentials = credentials;
        this.judge = judge;
    }

    void add(Prover prover, Map<String, ?> properties) {
        provers.put(Rank.of(properties), prover);
    }

    void remove(Prover prover) {
        provers.values().removeIf(known -> known == prover);
    }

    CompletionStage<GateProof> prove(GateName who, Attempt attempt) {
        Optional<X509Certificate> certificate = attempt.certificate();
        if (certificate.isEmpty()) {
            return bySecret(who, attempt);
        }
        Supplier<Optional<CertificateJudge.Certified>> judged = () -> judge.judge(certificate.get());
        Optional<CertificateJudge.Certified> certified = judged.get();
        if (certified.isEmpty()) {
            return done(GateProof.failed(Reason.WRONG, "certificate not trusted"));
        }
        if (!who.is(certified.get())) {
            return done(GateProof.failed(Reason.WRONG, "certificate of another"));
        }
        CompletionStage<GateProof> proof =
                attempt.secret().length > 0 ? bySecret(who, attempt) : done(stored(certified.get()));
        return proof.thenApply(found -> certified(found, judged));
    }

    private CompletionStage<GateProof> bySecret(GateName who, Attempt attempt) {
        byte[] secret = attempt.secret();
        Optional<Prover> chosen = claiming(secret);
        // A wrong secret makes devices give up, and costs an Argon2.
        if (chosen.isEmpty() && SecretForm.isReserved(secret)) {
            return done(GateProof.failed(Reason.UNAVAILABLE, "starting"));
        }
        if (who.organisation().isEmpty() || secret.length == 0 || secret.length > LONGEST_SECRET) {
            return prove(chosen, Organisation.DEFAULT, NOBODY, attempt).thenApply(GateProvers::nobody);
        }
        String organisation = who.organisation().get().id();
        return prove(chosen, organisation, who.name(), attempt)
                .thenApply(proof -> chosen.isPresent()
                        ? GateProof.once(proof)
                        : new GateProof(proof, () -> credentials.named(organisation, who.name())));
    }

    private Optional<Prover> claiming(byte[] secret) {
        return provers.values().stream()
                .filter(prover -> secret.length > 0 && prover.claims(secret))
                .findFirst();
    }

    private CompletionStage<Proof> prove(Optional<Prover> chosen, String organisation, String name, Attempt attempt) {
        return chosen.isPresent()
                ? chosen.get().prove(organisation, name, attempt)
                : credentials.prove(organisation, name, attempt);
    }

    /** What can't be checked can't be checked for anybody: otherwise the answer would tell who is unknown. */
    private static GateProof nobody(Proof proof) {
        return proof instanceof Proof.Failed failed && failed.reason() == Reason.UNAVAILABLE
                ? GateProof.failed(failed.reason(), failed.why())
                : GateProof.failed(Reason.WRONG, "unknown");
    }

    private GateProof stored(CertificateJudge.Certified certified) {
        Supplier<Proof> named = () -> credentials.named(certified.organisation(), certified.name());
        return new GateProof(named.get(), named);
    }

    private static GateProof certified(GateProof found, Supplier<Optional<CertificateJudge.Certified>> judged) {
        Supplier<Boolean> isTrusted = () -> judged.get().isPresent();
        return new GateProof(
                GateProof.both(found.proof(), judged.get(), isTrusted),
                () -> GateProof.both(found.again().get(), judged.get(), isTrusted));
    }

    private static CompletionStage<GateProof> done(GateProof proof) {
        return CompletableFuture.completedFuture(proof);
    }
}
