package io.dinrail.identity.api;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** The key that everything secret in the store rests on; safe for use by many threads, blocks on store and files. */
@ProviderType
public interface MasterKeys {
    /** @return where the key comes from, such as the path of its file, {@code systemd credential} or {@code environment}; or why there is none. */
    String source();

    /**
     * Makes a new master key and puts everything that rested on the old one under it. Credentials go on working.
     *
     * @param by who asks.
     * @throws IdentityException with {@code REFUSED} if the key does not come from the file in the secrets folder, the message says how to rotate it
     *     then; or if file or store can't be written.
     */
    void rotate(Actor by) throws IdentityException;

    /**
     * Writes database and secrets folder into one file, 0600, while the platform runs. It holds the master key: whoever has it has everything.
     *
     * @param by who asks.
     * @param file where to; must not exist.
     * @throws IdentityException if the file exists or can't be written.
     */
    void backUp(Actor by, Path file) throws IdentityException;
}
