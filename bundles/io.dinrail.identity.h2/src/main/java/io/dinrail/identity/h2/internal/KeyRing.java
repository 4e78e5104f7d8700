package io.dinrail.identity.h2.internal;

import io.dinrail.identity.api.Credential;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The master key, or why there is none.
 *
 * @param trouble one sentence for the operator where there is no key.
 * @param nobody what unknown names are compared with; no secret fits it.
 */
record KeyRing(Optional<MasterKey> master, Optional<String> trouble, LiveCredential nobody) {
    /** Where the key's file is; asked once. */
    interface Folder {
        SecretsFolder open() throws SecretsException;
    }

    static KeyRing open(Folder folder, CredentialTable table) throws SQLException {
        byte[] digest = new byte[32];
        new SecureRandom().nextBytes(digest);
        LiveCredential nobody = new LiveCredential(new Credential("", "", List.of(), Instant.EPOCH), digest);
        try {
            return new KeyRing(Optional.of(MasterKey.open(folder.open(), table)), Optional.empty(), nobody);
        } catch (SecretsException e) {
            return new KeyRing(Optional.empty(), Optional.ofNullable(e.getMessage()), nobody);
        }
    }
}
