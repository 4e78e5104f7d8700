package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.ClientCertificates;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.login.LiveAccesses;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Administers client certificates; started with the platform, because it tells {@link ClientTrust} what stands in the store. */
@Component(
        immediate = true,
        service = {ClientCertificates.class, CertificateSigner.class})
public final class CertificateOffice implements ClientCertificates, CertificateSigner {
    private static final Duration ENROLLED_LIFE = Duration.ofDays(365);

    private final ClientTrust trust;
    private final Credentials credentials;
    private final Organisations organisations;
    private final LiveAccesses live;
    private final Trail trail;
    private final IssuedCertificates issued;
    private final ImportedCas imported;

    /** Reads what was issued and imported. */
    @Activate
    public CertificateOffice(
            @Reference(target = "(dinrail.schema=identity)") DataSource store,
            @Reference OwnAuthority authority,
            @Reference ClientTrust trust,
            @Reference Credentials credentials,
            @Reference Organisations organisations,
            @Reference LiveAccesses live,
            @Reference Trail trail) {
        this(store, authority, trust, credentials, organisations, live, trail, Clock.systemUTC());
    }

    CertificateOffice(
            DataSource store,
            OwnAuthority authority,
            ClientTrust trust,
            Credentials credentials,
            Organisations organisations,
            LiveAccesses live,
            Trail trail,
            Clock clock) {
        this.trust = trust;
        this.credentials = credentials;
        this.organisations = organisations;
        this.live = live;
        this.trail = trail;
        issued = new IssuedCertificates(new IssuedTable(store), authority, credentials, clock);
        imported = new ImportedCas(new ImportedTable(store), authority, trust, clock);
        issued.load();
        imported.load();
        trust.issued(issued::inForce);
    }

    /** Without the store nobody is trusted. */
    @Deactivate
    public void stop() {
        trust.issued((serial, fingerprint) -> Optional.empty());
        trust.imported().forEach(ca -> trust.remove(ca.name()));
    }

    @Override
    public String issue(Actor by, String login, String csr, Duration life) throws IdentityException {
        Principal whom = credentials
                .find(login)
                .map(Credential::principal)
                .orElseThrow(() -> new IdentityException(
                        Reason.UNKNOWN,
                        "there is no credential of that name: issue one first, it may be without a secret"));
        return issue(by, whom, csr, life);
    }

    @Override
    public void check(String csr) throws IdentityException {
        SigningRequest.key(csr);
    }

    @Override
    public String sign(String organisation, String name, String csr) throws IdentityException {
        return issue(Actor.PLATFORM, new Principal(Principal.Kind.DEVICE, organisation, name), csr, ENROLLED_LIFE);
    }

    private String issue(Actor by, Principal whom, String csr, Duration life) throws IdentityException {
        IssuedCertificates.Made made = issued.issue(whom, csr, life);
        trail.changed(
                by,
                "certificate.issued",
                whom.login(),
                "serial " + made.row().serial() + " until " + made.row().expiresAt());
        return made.pem();
    }

    @Override
    public void revoke(Actor by, String serial) throws IdentityException {
        IssuedRow row = issued.revoke(serial);
        live.end("certificate:" + row.fingerprint(), End.DISTRUSTED);
        trail.changed(by, "certificate.revoked", row.login(), "serial " + row.serial());
    }

    @Override
    public void trust(Actor by, String name, String organisation, String pem, NameFrom nameFrom)
            throws IdentityException {
        String id = organisations
                .find(organisation)
                .map(Organisation::id)
                .orElseThrow(() ->
                        new IdentityException(Reason.UNKNOWN, "there is no organisation of that id: look at the list"));
        imported.trust(name, id, pem, nameFrom);
        trail.changed(by, "ca.trusted", name, "for " + id + ", name from " + nameFrom);
    }

    @Override
    public void distrust(Actor by, String name) throws IdentityException {
        imported.distrust(name);
        live.end("ca:" + name, End.DISTRUSTED);
        trail.changed(by, "ca.distrusted", name, "");
    }

    @Override
    public void revocations(Actor by, String name, byte[] crl) throws IdentityException {
        int revoked = imported.revocations(name, crl);
        Optional<Set<String>> known = trust.revoked(name);
        if (known.isPresent()) {
            known.get().forEach(fingerprint -> live.end("certificate:" + fingerprint, End.DISTRUSTED));
        } else { // nobody knows any more which connections are meant; who is not meant comes back
            live.end("ca:" + name, End.DISTRUSTED);
        }
        trail.changed(by, "ca.revocations", name, revoked + " certificates revoked");
    }

    @Override
    public List<TrustedCa> trusted() {
        return trust.imported().stream()
                .map(ImportedCa::info)
                .sorted(Comparator.comparing(TrustedCa::name))
                .toList();
    }

    @Override
    public List<IssuedCertificate> issued() {
        return issued.list();
    }
}
