package io.dinrail.messaging.bridge.internal;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Knows one credential, and changes nothing. */
final class KnownCredentials implements Credentials {
    private final Credential known;

    KnownCredentials(Principal.Kind kind, String name) {
        this.known = credential(kind, name);
    }

    static Credential credential(Principal.Kind kind, String name) {
        return new Credential(
                new Principal(kind, Organisation.DEFAULT, name),
                "",
                DEVICE,
                List.of(name),
                Credential.State.ACTIVE,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                1);
    }

    private static IdentityException refused() {
        return new IdentityException(IdentityException.Reason.STORE, "nothing is changed here");
    }

    @Override
    public Issued issue(Actor by, CredentialOrder order) throws IdentityException {
        throw refused();
    }

    @Override
    public List<Issued> issueAll(Actor by, List<CredentialOrder> orders) throws IdentityException {
        throw refused();
    }

    @Override
    public Issued rotate(Actor by, String login, Duration overlap) throws IdentityException {
        throw refused();
    }

    @Override
    public void change(Actor by, String login, String displayName, String ruleSet, Optional<Instant> expiresAt) {}

    @Override
    public void disable(Actor by, String login) {}

    @Override
    public void enable(Actor by, String login) {}

    @Override
    public void revoke(Actor by, String login) {}

    @Override
    public List<Credential> list() {
        return List.of(known);
    }

    @Override
    public Optional<Credential> find(String login) {
        return Optional.of(known).filter(one -> one.name().equals(login));
    }
}
