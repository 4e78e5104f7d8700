package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.StoredSecret.Form.CHOSEN;
import static io.dinrail.identity.h2.internal.login.StoredSecret.Form.ISSUED;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Checks secrets. How long a wrong one takes depends on its form alone, never on the name: one that looks generated is answered at once for
 * everybody, since nobody may choose a password that does; any other costs one Argon2 for everybody, unknown names and those without a password too,
 * on a queue that is short and shorter for each address. A right generated or given secret, and a password that was right a little while ago, is
 * answered at once.
 */
@Component(service = StoredCredentials.class, immediate = true)
public final class SecretJudge implements StoredCredentials {
    /** Of no organisation: whatever can't be a name is looked up and hashed like one that nobody has. */
    private static final LoginName NOBODY = new LoginName("", "nobody");

    private static final Proof WRONG = new Proof.Failed(Reason.WRONG, "wrong");

    private final PasswordQueue queue = new PasswordQueue();
    private final PasswordMemory memory = new PasswordMemory();
    private final Roster roster;
    private final SecretHasher hasher;
    private final Argon2Hash nobody;
    private final List<StoredSecret> nobodys;

    @Activate
    public SecretJudge(@Reference Roster roster, @Reference Vault vault) {
        this(roster, new SecretHasher(vault, Argon2Hash.Cost.USUAL));
    }

    SecretJudge(Roster roster, SecretHasher hasher) {
        this.roster = roster;
        this.hasher = hasher;
        this.nobody = hasher.nobody();
        this.nobodys = List.of(new StoredSecret(ISSUED, new byte[32], Instant.EPOCH, Optional.empty()));
    }

    @Deactivate
    public void stop() {
        queue.close();
    }

    @Override
    public CompletionStage<Proof> prove(String organisation, String name, Attempt attempt) {
        byte[] secret = attempt.secret();
        if (secret.length == 0 || secret.length > SecretRules.LONGEST_BYTES) {
            return completedFuture(WRONG);
        }
        LoginName login = LoginName.isName(name) ? new LoginName(organisation, name) : NOBODY;
        try {
            return prove(login, attempt, hasher.issued(login, secret), hasher.legacy(login, secret));
        } catch (SecretsException e) {
            return completedFuture(unavailable());
        }
    }

    @Override
    public Proof named(String organisation, String name) {
        return roster.find(new LoginName(organisation, name))
                .map(this::proof)
                .orElse(new Proof.Failed(Reason.WRONG, "unknown"));
    }

    @Override
    public Optional<Instant> revoked(String organisation, String name) {
        return roster.revoked(new LoginName(organisation, name));
    }

    private CompletionStage<Proof> prove(LoginName login, Attempt attempt, byte[] issued, byte[] legacy) {
        Instant now = roster.now();
        Optional<KnownCredential> known = roster.find(login);
        for (StoredSecret each : known.map(KnownCredential::secrets).orElse(nobodys)) {
            boolean fits = each.form() != CHOSEN && each.has(each.form() == ISSUED ? issued : legacy);
            if (fits && known.isPresent() && each.isValid(now)) {
                return completedFuture(proof(known.get()));
            }
        }
        if (SecretRules.looksGenerated(attempt.secret())) {
            return completedFuture(WRONG);
        }
        Optional<Proof> remembered = memory.recall(login, issued, now)
                .flatMap(secret -> known.filter(each -> each.secrets().contains(secret) && secret.isValid(now)))
                .map(this::proof);
        return remembered.isPresent()
                ? completedFuture(remembered.get())
                : queue.submit(attempt.address(), () -> slowly(login, attempt.secret(), issued));
    }

    private Proof slowly(LoginName login, byte[] presented, byte[] digest) {
        Optional<StoredSecret> chosen = chosen(login);
        Argon2Hash hash =
                chosen.flatMap(secret -> Argon2Hash.parse(secret.digest())).orElse(nobody);
        try {
            if (!hash.fits(hasher.password(login, presented)) || chosen.isEmpty()) {
                return WRONG;
            }
        } catch (SecretsException e) {
            return unavailable();
        }
        StoredSecret secret = chosen.get();
        memory.remember(login, secret, digest, roster.now());
        // It may have been changed or revoked while it was checked.
        return roster.find(login)
                .filter(known -> known.secrets().contains(secret))
                .map(this::proof)
                .orElse(WRONG);
    }

    private Optional<StoredSecret> chosen(LoginName login) {
        Instant now = roster.now();
        return roster.find(login).stream()
                .flatMap(known -> known.validSecrets(now).stream())
                .filter(secret -> secret.form() == CHOSEN)
                .findFirst();
    }

    private Proof proof(KnownCredential known) {
        String barred = known.barred(roster.now());
        if (!barred.isEmpty()) {
            return new Proof.Failed(Reason.BARRED, barred);
        }
        return new Proof.Proven(
                known.principal(),
                known.terms().clientIds(),
                known.terms().ruleSet(),
                Optional.empty(),
                Map.of(),
                known.terms().expiresAt(),
                Set.of(known.login().root()),
                () -> holds(known));
    }

    /** Whoever is let in is asked about once more, so this is where a login is known to have come about. */
    private boolean holds(KnownCredential proved) {
        Instant now = roster.now();
        Optional<KnownCredential> current = roster.find(proved.login())
                .filter(known -> known.id() == proved.id() && known.barred(now).isEmpty());
        current.ifPresent(roster::used);
        return current.isPresent();
    }

    private static Proof unavailable() {
        return new Proof.Failed(Reason.UNAVAILABLE, "no keys");
    }
}
