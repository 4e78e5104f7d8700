package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Principal.Kind;
import io.dinrail.identity.h2.internal.tls.CertificateSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Credentials that are nothing but a list, and certificates that are nothing but a text. */
final class ListedCredentials implements Credentials, CertificateSigner {
    final AtomicInteger issued = new AtomicInteger();
    volatile boolean signingFails;
    private final Map<String, Credential> all = new ConcurrentHashMap<>();

    void give(String login) {
        all.put(
                login,
                new Credential(
                        new Principal(Kind.DEVICE, "default", login),
                        "",
                        "device",
                        List.of(login),
                        Credential.State.ACTIVE,
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        1));
    }

    @Override
    public Issued issue(Actor by, CredentialOrder order) throws IdentityException {
        if (all.containsKey(order.login())) {
            throw new IdentityException(Reason.TAKEN, "taken");
        }
        issued.incrementAndGet();
        give(order.login());
        boolean secret = order.secret() instanceof CredentialOrder.SecretChoice.Generated;
        return new Issued(all.get(order.login()), secret ? "secret of " + order.login() : "");
    }

    @Override
    public void revoke(Actor by, String login) {
        all.remove(login);
    }

    @Override
    public List<Credential> list() {
        return List.copyOf(all.values());
    }

    @Override
    public Optional<Credential> find(String login) {
        return Optional.ofNullable(all.get(login));
    }

    @Override
    public void check(String csr) throws IdentityException {
        if (!csr.equals("CSR")) {
            throw new IdentityException(Reason.REFUSED, "no request");
        }
    }

    @Override
    public String sign(String organisation, String name, String csr) throws IdentityException {
        if (signingFails) {
            throw new IdentityException(Reason.STORE, "the store failed");
        }
        return "certificate of " + organisation + '/' + name;
    }

    @Override
    public List<Issued> issueAll(Actor by, List<CredentialOrder> orders) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Issued rotate(Actor by, String login, Duration overlap) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void change(Actor by, String login, String displayName, String ruleSet, Optional<Instant> expiresAt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void disable(Actor by, String login) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void enable(Actor by, String login) {
        throw new UnsupportedOperationException();
    }
}
