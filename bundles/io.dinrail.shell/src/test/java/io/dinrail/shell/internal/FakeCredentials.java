package io.dinrail.shell.internal;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class FakeCredentials implements Credentials {
    final Map<String, Credential> credentials = new TreeMap<>();
    final List<Actor> actors = new ArrayList<>();
    final List<CredentialOrder> orders = new ArrayList<>();

    @Override
    public Issued issue(Actor by, CredentialOrder order) throws IdentityException {
        if (credentials.containsKey(order.login())) {
            throw new IdentityException(
                    IdentityException.Reason.TAKEN, "credential '" + order.login() + "' is there already");
        }
        actors.add(by);
        orders.add(order);
        String[] parts = order.login().split("@", 2);
        Principal.Kind kind = switch (order.ruleSet().orElse(DEVICE)) {
            case DEVICE -> Principal.Kind.DEVICE;
            case GATEWAY -> Principal.Kind.GATEWAY;
            default -> Principal.Kind.BACKEND;
        };
        boolean generated = order.secret() instanceof CredentialOrder.SecretChoice.Generated;
        Credential credential = new Credential(
                new Principal(kind, parts.length > 1 ? parts[1] : Organisation.DEFAULT, parts[0]),
                order.displayName(),
                order.ruleSet().orElse(DEVICE),
                order.clientIds().isEmpty() ? List.of(parts[0]) : order.clientIds(),
                Credential.State.ACTIVE,
                Instant.parse("2026-11-22T10:00:00Z"),
                order.expiresAt(),
                Optional.empty(),
                1);
        credentials.put(order.login(), credential);
        return new Issued(credential, generated ? "s3cret" : "");
    }

    @Override
    public List<Issued> issueAll(Actor by, List<CredentialOrder> wanted) throws IdentityException {
        List<Issued> issued = new ArrayList<>();
        for (CredentialOrder order : wanted) {
            issued.add(issue(by, order));
        }
        return issued;
    }

    @Override
    public Issued rotate(Actor by, String login, Duration overlap) throws IdentityException {
        return new Issued(known(login), "n3w-" + overlap.toHours());
    }

    @Override
    public void change(Actor by, String login, String displayName, String ruleSet, Optional<Instant> expiresAt)
            throws IdentityException {
        put(known(login), displayName, ruleSet, known(login).state(), expiresAt);
    }

    @Override
    public void disable(Actor by, String login) throws IdentityException {
        state(login, Credential.State.DISABLED);
    }

    @Override
    public void enable(Actor by, String login) throws IdentityException {
        state(login, Credential.State.ACTIVE);
    }

    @Override
    public void revoke(Actor by, String login) throws IdentityException {
        known(login);
        credentials.remove(login);
    }

    @Override
    public Optional<Credential> find(String name) {
        return Optional.ofNullable(credentials.get(name));
    }

    @Override
    public List<Credential> list() {
        return List.copyOf(credentials.values());
    }

    private void state(String login, Credential.State state) throws IdentityException {
        Credential before = known(login);
        put(before, before.displayName(), before.ruleSet(), state, before.expiresAt());
    }

    private void put(
            Credential before, String displayName, String ruleSet, Credential.State state, Optional<Instant> expires) {
        credentials.put(
                before.name(),
                new Credential(
                        before.principal(),
                        displayName,
                        ruleSet,
                        before.clientIds(),
                        state,
                        before.createdAt(),
                        expires,
                        before.lastUsedAt(),
                        before.secrets()));
    }

    private Credential known(String login) throws IdentityException {
        return find(login)
                .orElseThrow(() -> new IdentityException(
                        IdentityException.Reason.UNKNOWN, "credential '" + login + "' is unknown"));
    }
}
