package io.dinrail.identity.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A credential somebody wants.
 *
 * @param login the login name, {@code name} or {@code name@organisation}; the name as {@code io.dinrail.model.api.DeviceId} allows, of a device its id.
 * @param ruleSet a rule set of its organisation; empty for the organisation's default.
 * @param clientIds the MQTT client ids it may use, exact or a prefix followed by {@code *}; empty for the default: its own name, for a backend also
 *     all that begin with it and a hyphen.
 * @param displayName for people, at most 128 characters; may be empty.
 * @param expiresAt when it ends; empty for never.
 * @param secret what it logs in with.
 */
public record CredentialOrder(
        String login,
        Optional<String> ruleSet,
        List<String> clientIds,
        String displayName,
        Optional<Instant> expiresAt,
        SecretChoice secret) {
    /** What a credential logs in with. */
    public sealed interface SecretChoice {
        /** A random secret of 192 bits, told once. */
        record Generated() implements SecretChoice {}

        /**
         * A secret that a machine holds already and that comes from a good random source, at least 16 characters; hashed like a generated one.
         *
         * @param secret which.
         */
        record Given(String secret) implements SecretChoice {
            @Override
            public String toString() {
                return "Given";
            }
        }

        /**
         * A password that a person chose, 10 to 256 characters; hashed slowly.
         *
         * @param password which.
         */
        record Chosen(String password) implements SecretChoice {
            @Override
            public String toString() {
                return "Chosen";
            }
        }

        /** None: client certificates only. */
        record None() implements SecretChoice {}
    }

    public CredentialOrder {
        requireNonNull(login);
        requireNonNull(ruleSet);
        requireNonNull(displayName);
        requireNonNull(expiresAt);
        requireNonNull(secret);
        clientIds = List.copyOf(clientIds);
    }

    /**
     * The usual order: a generated secret, the usual client ids, no end.
     *
     * @param login the login name.
     * @param ruleSet a rule set's name.
     * @return the order.
     */
    public static CredentialOrder of(String login, String ruleSet) {
        return new CredentialOrder(
                login, Optional.of(ruleSet), List.of(), "", Optional.empty(), new SecretChoice.Generated());
    }
}
