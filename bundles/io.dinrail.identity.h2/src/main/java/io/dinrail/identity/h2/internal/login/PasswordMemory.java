package io.dinrail.identity.h2.internal.login;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which passwords were right a little while ago, as keyed hashes, so that whoever reconnects is not hashed slowly again; bounded. */
final class PasswordMemory {
    static final int MOST = 10_000;
    static final Duration LIFE = Duration.ofMinutes(10);

    private final Map<LoginName, Right> right = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LoginName, Right> eldest) {
            return size() > MOST;
        }
    };

    private record Right(StoredSecret secret, HeldDigest digest, Instant until) {}

    private static final class HeldDigest {
        private final byte[] bytes;

        HeldDigest(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        boolean is(byte[] other) {
            return MessageDigest.isEqual(bytes, other);
        }
    }

    synchronized void remember(LoginName login, StoredSecret secret, byte[] digest, Instant now) {
        right.put(login, new Right(secret, new HeldDigest(digest), now.plus(LIFE)));
    }

    /** @return the stored secret that a password with this hash was right for; it may have been changed since. */
    synchronized Optional<StoredSecret> recall(LoginName login, byte[] digest, Instant now) {
        Right known = right.get(login);
        if (known == null || !now.isBefore(known.until())) {
            right.remove(login);
            return Optional.empty();
        }
        return known.digest().is(digest) ? Optional.of(known.secret()) : Optional.empty();
    }
}
