package io.dinrail.messaging.bridge.internal;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.CredentialException;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Issued;
import java.util.List;
import java.util.Optional;

/** An identity service that knows nobody. */
final class NoCredentials implements Credentials {
    @Override
    public Issued issue(String name, String ruleSet, List<String> clientIds) throws CredentialException {
        throw new CredentialException(CredentialException.Reason.STORE, "nobody is issued anything here");
    }

    @Override
    public void revoke(String name) {}

    @Override
    public List<Credential> list() {
        return List.of();
    }

    @Override
    public Optional<Credential> find(String name) {
        return Optional.empty();
    }
}
