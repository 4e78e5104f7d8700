package io.dinrail.identity.h2.internal.tls;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The client certificates that were let in since the start: a second look at one costs no signature, and a list of revoked ones finds its connections.
 * Bounded; safe for use by many threads.
 */
final class SeenCertificates {
    private static final int MOST_BETWEEN = 256;

    private final int most;
    private final Map<String, ProvenPath> paths;
    private final Map<String, X509Certificate> between = new Forgetful<>(MOST_BETWEEN);
    private boolean forgot;

    SeenCertificates(int most) {
        this.most = most;
        paths = new Forgetful<>(most);
    }

    synchronized Optional<ProvenPath> path(String fingerprint) {
        return Optional.ofNullable(paths.get(fingerprint));
    }

    /** Keeps also what a client sent between its certificate and its CA: at a login nothing but the client's own is at hand. */
    synchronized void remember(PathProver.Proof proof) throws CertificateEncodingException {
        String fingerprint = proof.path().fingerprint();
        forgot |= paths.size() == most && !paths.containsKey(fingerprint);
        paths.put(fingerprint, proof.path());
        for (X509Certificate each : proof.between()) {
            between.put(PathProver.fingerprint(each), each);
        }
    }

    synchronized List<X509Certificate> between() {
        return List.copyOf(between.values());
    }

    /** The fingerprints of those that a CA let in by certificates of certain serials; empty if some may have been forgotten. */
    synchronized Optional<Set<String>> under(String ca, Set<BigInteger> serials) {
        return forgot
                ? Optional.empty()
                : Optional.of(paths.values().stream()
                        .filter(path -> path.ca().equals(ca) && serials.contains(path.serialUnderCa()))
                        .map(ProvenPath::fingerprint)
                        .collect(Collectors.toSet()));
    }

    private static final class Forgetful<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Forgetful(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
        }
    }
}
