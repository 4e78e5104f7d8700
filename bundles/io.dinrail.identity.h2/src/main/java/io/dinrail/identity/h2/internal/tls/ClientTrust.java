package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.h2.internal.login.CertificateJudge;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Decides about client certificates, in handshakes and at logins, from memory. Trusts nobody until the CAs and certificates in the store have been
 * told it. Safe for use by many threads.
 */
@Component(service = {ClientTrust.class, CertificateJudge.class})
public final class ClientTrust implements CertificateJudge {
    private static final int LONGEST_CHAIN = 10;
    private static final int MOST_SEEN = 100_000;

    /** The CAs at one time. */
    record Anchors(Optional<X509Certificate> own, Collection<ImportedCa> imported, long generation) {}

    private final OwnAuthority authority;
    private final Clock clock;
    private final Map<String, ImportedCa> imported = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();
    private final SeenCertificates seen = new SeenCertificates(MOST_SEEN);
    private volatile BiFunction<String, String, Optional<IssuedRow>> issued = (serial, fingerprint) -> Optional.empty();

    /** Starts empty. */
    @Activate
    public ClientTrust(@Reference OwnAuthority authority) {
        this(authority, Clock.systemUTC());
    }

    ClientTrust(OwnAuthority authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public Optional<Certified> judge(X509Certificate certificate) {
        try {
            return Optional.of(certified(proven(List.of(certificate))));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /** Decides in a handshake; the message of the exception is for the log. */
    void check(List<X509Certificate> chain) throws CertificateException {
        if (chain.isEmpty() || chain.size() > LONGEST_CHAIN) {
            throw new CertificateException("the client presents no certificate, or too many");
        }
        certified(proven(chain));
    }

    /** What clients are told to choose by. */
    List<X509Certificate> issuers() {
        Anchors now = anchors();
        return Stream.concat(now.own().stream(), now.imported().stream().map(ImportedCa::certificate))
                .toList();
    }

    /**
     * Says where the own CA's certificates stand.
     *
     * @param found by serial and fingerprint, if it is in force.
     */
    void issued(BiFunction<String, String, Optional<IssuedRow>> found) {
        issued = found;
    }

    void put(ImportedCa ca) {
        imported.put(ca.name(), ca);
        generation.incrementAndGet();
    }

    void remove(String name) {
        imported.remove(name);
        generation.incrementAndGet();
    }

    Optional<ImportedCa> find(String name) {
        return Optional.ofNullable(imported.get(name));
    }

    Collection<ImportedCa> imported() {
        return List.copyOf(imported.values());
    }

    /** The fingerprints of those of a CA's certificates that its list revokes; empty if some may have been forgotten. */
    Optional<Set<String>> revoked(String ca) {
        return seen.under(
                ca,
                find(ca).flatMap(ImportedCa::revoked)
                        .map(RevocationList::serials)
                        .orElse(Set.of()));
    }

    private Anchors anchors() {
        long before = generation.get(); // first: what changes meanwhile is looked at once more
        return new Anchors(authority.ca().map(KeyedChain::certificate), imported(), before);
    }

    private ProvenPath proven(List<X509Certificate> chain) throws CertificateException {
        X509Certificate leaf = chain.get(0);
        Optional<ProvenPath> known = seen.path(PathProver.fingerprint(leaf));
        if (known.isPresent() && known.get().generation() == generation.get()) {
            return known.get();
        }
        Collection<X509Certificate> between = chain.size() > 1 ? chain.subList(1, chain.size()) : seen.between();
        PathProver.Proof found = PathProver.prove(leaf, between, anchors(), clock.instant());
        seen.remember(found);
        return found.path();
    }

    private Certified certified(ProvenPath path) throws CertificateException {
        Instant now = clock.instant();
        if (now.isBefore(path.from()) || !now.isBefore(path.until())) {
            throw new CertificateException("the client's certificate has ended or has not begun");
        }
        return path.ca().isEmpty() ? own(path) : foreign(path, now);
    }

    private Certified own(ProvenPath path) throws CertificateException {
        IssuedRow row = issued.apply(path.serial().toString(16), path.fingerprint())
                .filter(each ->
                        CertificateMaker.uri(each.organisation(), each.name()).equals(path.name()))
                .orElseThrow(() -> new CertificateException("the client's certificate was revoked or is unknown"));
        return new Certified(row.organisation(), row.name(), path.until(), Set.of("certificate:" + path.fingerprint()));
    }

    private Certified foreign(ProvenPath path, Instant now) throws CertificateException {
        ImportedCa ca = find(path.ca())
                .filter(each -> each.certificate().equals(path.anchor()))
                .orElseThrow(() -> new CertificateException("the client's CA is not trusted any more"));
        if (ca.revoked().isPresent() && ca.revoked().get().isOutdated(now)) {
            throw new CertificateException(
                    "the revocation list of the CA " + ca.name() + " is outdated: import a new one");
        }
        if (ca.revoked().isPresent() && ca.revoked().get().serials().contains(path.serialUnderCa())) {
            throw new CertificateException("the client's certificate was revoked");
        }
        return new Certified(
                ca.organisation(),
                path.name(),
                path.until(),
                Set.of("certificate:" + path.fingerprint(), "ca:" + ca.name()));
    }
}
