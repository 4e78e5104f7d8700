package io.dinrail.shell.internal;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.CredentialException;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Issued;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class FakeCredentials implements Credentials {
    private final Map<String, Credential> credentials = new TreeMap<>();

    @Override
    public Issued issue(String name, String ruleSet, List<String> clientIds) throws CredentialException {
        if (credentials.containsKey(name)) {
            throw new CredentialException(
                    CredentialException.Reason.TAKEN, "credential '" + name + "' is there already");
        }
        List<String> allowed = clientIds.isEmpty() ? List.of(name) : clientIds;
        Credential credential = new Credential(name, ruleSet, allowed, Instant.parse("2026-11-22T10:00:00Z"));
        credentials.put(name, credential);
        return new Issued(credential, "s3cret");
    }

    @Override
    public void revoke(String name) throws CredentialException {
        if (credentials.remove(name) == null) {
            throw new CredentialException(CredentialException.Reason.UNKNOWN, "credential '" + name + "' is unknown");
        }
    }

    @Override
    public Optional<Credential> find(String name) {
        return Optional.ofNullable(credentials.get(name));
    }

    @Override
    public List<Credential> list() {
        return List.copyOf(credentials.values());
    }
}
