package io.dinrail.identity.h2.internal.secrets;

/**
 * Hashes and seals under keys that themselves are sealed under the master key, so that a copy of the database alone opens nothing and the master key
 * can change. Safe for use by many threads; never blocks. Registered even while there is no key: then every method throws.
 */
public interface Vault {
    /**
     * Hashes a secret, HMAC-SHA256.
     *
     * @param purpose keeps hashes of one kind from standing for another's, such as {@code credential}.
     * @param context what the secret belongs to, such as an organisation and name; without NUL.
     * @param secret the secret.
     * @return 32 bytes.
     * @throws SecretsException if there is no key; its message is for the operator.
     */
    byte[] digest(String purpose, String context, byte[] secret) throws SecretsException;

    /**
     * Encrypts what must be recoverable, AES-256-GCM with a fresh nonce.
     *
     * @param context what it belongs to: opening needs the same.
     * @param clear the secret.
     * @return the sealed form.
     * @throws SecretsException if there is no key.
     */
    byte[] seal(String context, byte[] clear) throws SecretsException;

    /**
     * Decrypts.
     *
     * @param context as when it was sealed.
     * @param sealed the sealed form.
     * @return the secret.
     * @throws SecretsException if there is no key, or the form was changed or belongs elsewhere.
     */
    byte[] open(String context, byte[] sealed) throws SecretsException;
}
