package io.dinrail.identity.h2.internal.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.time.Instant;
import java.util.Optional;

/** Hashes secrets as they are stored. Everything goes through the vault first, passwords too: a copy of the database can't even be guessed at. */
final class SecretHasher {
    private final Vault vault;
    private final Argon2Hash.Cost cost;

    SecretHasher(Vault vault, Argon2Hash.Cost cost) {
        this.vault = vault;
        this.cost = cost;
    }

    byte[] issued(LoginName login, byte[] secret) throws SecretsException {
        return vault.digest("credential", login.key(), secret);
    }

    /** @return as version 1 stored it; without its key nothing that fits, so that only its secrets are refused. */
    byte[] legacy(LoginName login, byte[] secret) {
        try {
            return vault.digest("legacy", login.name(), secret);
        } catch (SecretsException e) {
            return new byte[0];
        }
    }

    /** @return what goes into Argon2; of what is no text, what fits nothing that was chosen. */
    byte[] password(LoginName login, byte[] presented) throws SecretsException {
        Optional<byte[]> text = SecretRules.password(presented);
        return vault.digest(text.isPresent() ? "password" : "no-password", login.key(), text.orElse(presented));
    }

    StoredSecret store(LoginName login, String secret, Instant at) throws SecretsException {
        byte[] digest = issued(login, secret.getBytes(UTF_8));
        return new StoredSecret(StoredSecret.Form.ISSUED, digest, at, Optional.empty());
    }

    /** Takes a noticeable part of a second. */
    StoredSecret storeChosen(LoginName login, String password, Instant at) throws SecretsException {
        byte[] hash =
                Argon2Hash.of(password(login, password.getBytes(UTF_8)), cost).encoded();
        return new StoredSecret(StoredSecret.Form.CHOSEN, hash, at, Optional.empty());
    }

    /** @return what no password fits, at the price of one that does. */
    Argon2Hash nobody() {
        return Argon2Hash.of(SecretRules.generate().getBytes(UTF_8), cost);
    }
}
