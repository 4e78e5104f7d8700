package io.dinrail.identity.h2.internal.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACVerifier;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One secret of a key, opened when it is first needed. */
final class SigningSecret {
    static final String PREFIX = "sk_secret_";
    /** 43 letters and digits hold 256 bits. */
    static final int LENGTH = 43;

    private static final JWSHeader HS256 = new JWSHeader(JWSAlgorithm.HS256);

    private final String key;
    private final byte[] sealed;
    private final Optional<Instant> until;
    private volatile List<MACVerifier> verifiers = List.of();

    SigningSecret(String key, byte[] sealed, Optional<Instant> until) {
        this.key = key;
        this.sealed = sealed.clone();
        this.until = until;
    }

    /** One nobody has, to spend time on. */
    static SigningSecret decoy() {
        SigningSecret decoy = new SigningSecret("", new byte[0], Optional.empty());
        try {
            decoy.verifiers = verifiers("", PREFIX + RandomText.plain(LENGTH));
        } catch (SecretsException e) {
            throw new IllegalStateException("a secret made here is long enough", e);
        }
        return decoy;
    }

    SigningSecret until(Instant end) {
        return new SigningSecret(key, sealed, Optional.of(end));
    }

    boolean isCurrent() {
        return until.isEmpty();
    }

    boolean isValid(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isEmpty();
    }

    byte[] sealed() {
        return sealed.clone();
    }

    Optional<Instant> until() {
        return until;
    }

    /** The whole {@code sk_secret_…}. */
    byte[] open(Vault vault) throws SecretsException {
        try {
            return (PREFIX + new String(vault.open(key, sealed), US_ASCII)).getBytes(US_ASCII);
        } catch (SecretsException e) {
            throw new SecretsException("a secret of " + key + " can't be opened: " + e.getMessage());
        } catch (RuntimeException e) { // ciphers say so when what they are given is too short
            throw new SecretsException("a secret of " + key + " is damaged: rotate the key", e);
        }
    }

    /** Always tries both: the whole secret, and what is left of it where a program cuts at {@code _secret_}. */
    @SuppressWarnings("ShortCircuitBoolean") // time must not tell which one fits
    boolean signed(Jwt token, Vault vault) throws SecretsException {
        List<MACVerifier> both = verifiers(vault);
        return verifies(both.get(0), token) | verifies(both.get(1), token);
    }

    /** Whether both are one secret, whenever each may end. */
    boolean isSame(SigningSecret other) {
        return Arrays.equals(sealed, other.sealed);
    }

    private static boolean verifies(MACVerifier verifier, Jwt token) {
        try {
            return verifier.verify(HS256, token.signed(), token.signature());
        } catch (JOSEException e) {
            return false;
        }
    }

    private List<MACVerifier> verifiers(Vault vault) throws SecretsException {
        List<MACVerifier> known = verifiers;
        if (!known.isEmpty()) {
            return known;
        }
        List<MACVerifier> made = verifiers(key, new String(open(vault), US_ASCII));
        verifiers = made;
        return made;
    }

    private static List<MACVerifier> verifiers(String key, String whole) throws SecretsException {
        try {
            return List.of(new MACVerifier(whole), new MACVerifier(whole.substring(PREFIX.length())));
        } catch (JOSEException e) {
            throw new SecretsException("a secret of " + key + " is damaged: rotate the key", e);
        }
    }
}
