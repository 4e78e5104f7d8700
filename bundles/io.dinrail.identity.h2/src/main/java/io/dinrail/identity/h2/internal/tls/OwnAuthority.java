package io.dinrail.identity.h2.internal.tls;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The machine's own CA from when its files are read. Its key lies in {@code ca.key} in clear, readable by the platform's user alone: the server
 * certificate has to be renewed without anybody there. Who can read the secrets folder can make certificates, but none that gets in: one of a
 * client also has to stand in the store.
 */
@Component(service = OwnAuthority.class)
public final class OwnAuthority {
    private volatile @Nullable KeyedChain ca;

    /** Starts without one. */
    @Activate
    public OwnAuthority() {}

    void loaded(KeyedChain loaded) {
        ca = loaded;
    }

    Optional<KeyedChain> ca() {
        return Optional.ofNullable(ca);
    }
}
