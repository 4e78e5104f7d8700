package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Credentials that are there, and no way to change them but the tests'. */
final class KnownCredentials implements Credentials {
    private final Map<String, Credential> known = new HashMap<>();

    void add(String login, Instant createdAt) {
        int at = login.indexOf('@');
        Principal principal = new Principal(
                Principal.Kind.DEVICE,
                at < 0 ? Organisation.DEFAULT : login.substring(at + 1),
                at < 0 ? login : login.substring(0, at));
        known.put(
                login,
                new Credential(
                        principal,
                        "",
                        DEVICE,
                        List.of(principal.name()),
                        Credential.State.ACTIVE,
                        createdAt,
                        Optional.empty(),
                        Optional.empty(),
                        1));
    }

    void remove(String login) {
        known.remove(login);
    }

    @Override
    public Optional<Credential> find(String login) {
        return Optional.ofNullable(known.get(login));
    }

    @Override
    public List<Credential> list() {
        return List.copyOf(known.values());
    }

    @Override
    public Issued issue(Actor by, CredentialOrder order) {
        throw new UnsupportedOperationException();
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

    @Override
    public void revoke(Actor by, String login) {
        throw new UnsupportedOperationException();
    }
}
