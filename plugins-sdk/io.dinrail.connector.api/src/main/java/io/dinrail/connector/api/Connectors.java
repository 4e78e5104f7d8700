package io.dinrail.connector.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The connector instances of this platform; safe for use by many threads, never blocks. */
@ProviderType
public interface Connectors {
    /** @return every configured instance, by name. */
    List<ConnectorStatus> list();

    /**
     * Looks one up.
     *
     * @param name which.
     * @return it; empty if none is configured under that name.
     */
    Optional<ConnectorStatus> find(String name);

    /**
     * Starts a stopped, failed or quarantined instance; does nothing if it runs. It stays started over restarts of the platform.
     *
     * @param name which.
     * @throws IllegalArgumentException if none is configured under that name.
     */
    void start(String name);

    /**
     * Stops an instance; it stays stopped until it is started again or its bundle or the platform restarts.
     *
     * @param name which.
     * @throws IllegalArgumentException if none is configured under that name.
     */
    void stop(String name);

    /**
     * Looks what the device behind an instance shows of itself.
     *
     * @param name which.
     * @param node a {@link BrowseEntry#id}; empty for the top.
     * @return what stands directly beneath; fails with {@link IllegalArgumentException}, one sentence for a person, if none is configured under that
     *     name, it is not connected, or the device or the protocol refuses.
     */
    default CompletionStage<List<BrowseEntry>> browse(String name, String node) {
        return CompletableFuture.failedFuture(new IllegalArgumentException("this host does not browse"));
    }

    /**
     * Lists the certificates of an instance's devices.
     *
     * @param name which.
     * @return them, the ones in quarantine first; empty if its protocol has none, or it is stopped.
     * @throws IllegalArgumentException if none is configured under that name.
     */
    default List<PeerCertificate> peers(String name) {
        return List.of();
    }

    /**
     * Accepts a certificate that waits in quarantine, and connects at once.
     *
     * @param name which.
     * @param fingerprint of the certificate, as people copy it.
     * @throws IllegalArgumentException if none is configured under that name, or it knows no such certificate.
     */
    default void trust(String name, String fingerprint) {
        throw new IllegalArgumentException("this host keeps no certificates");
    }

    /**
     * Compares the rows of a tags file with those that an instance serves, without changing anything.
     *
     * @param name which.
     * @param csv the text of a tags file.
     * @return the difference, and what is refused.
     * @throws IllegalArgumentException if none is configured under that name, it is stopped, or the text as such is no tags file.
     */
    default TagImport compareTags(String name, String csv) {
        throw new IllegalArgumentException("this host imports no tags");
    }

    /**
     * Replaces the tags file of an instance, whole or not at all; the instance applies it within about a second, touching only what changed.
     *
     * @param name which.
     * @param csv the text of a tags file.
     * @return the difference that was applied; if it names refused rows nothing was changed.
     * @throws IllegalArgumentException if none is configured under that name, it is stopped, the text as such is no tags file, or the file can't be
     *     written.
     */
    default TagImport importTags(String name, String csv) {
        throw new IllegalArgumentException("this host imports no tags");
    }

    /**
     * Writes the tags that an instance serves as a tags file that {@link #importTags} takes.
     *
     * @param name which.
     * @return the text.
     * @throws IllegalArgumentException if none is configured under that name.
     */
    default String exportTags(String name) {
        throw new IllegalArgumentException("this host exports no tags");
    }
}
