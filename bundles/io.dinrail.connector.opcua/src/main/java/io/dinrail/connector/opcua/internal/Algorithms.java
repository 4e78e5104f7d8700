package io.dinrail.connector.opcua.internal;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * What the policy Aes256_Sha256_RsaPss needs and Java has under other names only: the library asks all of Java's providers for it. BouncyCastle stands
 * last among them, so that nothing that Java has itself comes from it.
 */
final class Algorithms {
    private static int users;
    private static boolean added;

    private Algorithms() {}

    static synchronized void need() {
        if (users++ == 0 && Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Provider provider = new BouncyCastleProvider();
            added = Security.addProvider(provider) > 0;
        }
    }

    /** To be called as often as {@link #need}. */
    static synchronized void letGo() {
        if (--users == 0 && added) {
            Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
            added = false;
        }
    }
}
