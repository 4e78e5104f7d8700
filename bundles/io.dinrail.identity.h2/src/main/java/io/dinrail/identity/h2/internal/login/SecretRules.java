package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.Refusal.refused;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.IdentityException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a secret may look like. */
final class SecretRules {
    static final int LONGEST_BYTES = 4096;
    private static final int GENERATED_BYTES = 24;
    private static final int GENERATED_LENGTH = 32;
    private static final int SHORTEST_GIVEN = 16;
    private static final int LONGEST_GIVEN = 1024;
    private static final int SHORTEST_PASSWORD = 10;
    private static final int LONGEST_PASSWORD = 256;
    private static final int FEWEST_LETTERS = 4;
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Keys, tokens, codes and JWTs: whoever presents such a text is asked for that, never for a credential. */
    private static final Pattern ANOTHERS =
            Pattern.compile("(sk|pk|rk|cs|tkn|(?i:enr))_.*|eyJ[A-Za-z0-9_-]*\\..*", Pattern.DOTALL);

    private SecretRules() {}

    /** @return 192 random bits. */
    static String generate() {
        byte[] bytes = new byte[GENERATED_BYTES];
        String secret;
        do {
            RANDOM.nextBytes(bytes);
            secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } while (ANOTHERS.matcher(secret).matches());
        return secret;
    }

    /** Tells by the form alone, for known and unknown names alike. */
    static boolean looksGenerated(byte[] secret) {
        if (secret.length != GENERATED_LENGTH) {
            return false;
        }
        for (byte b : secret) {
            if (!SecretForm.isBase64Url(b)) {
                return false;
            }
        }
        return true;
    }

    static void checkGiven(String secret) throws IdentityException {
        int length = secret.codePointCount(0, secret.length());
        if (length < SHORTEST_GIVEN || secret.length() > LONGEST_GIVEN) {
            throw refused("the given secret is refused: it has " + SHORTEST_GIVEN + " to " + LONGEST_GIVEN
                    + " characters; for a shorter one ask for a generated one");
        }
        checkText("the given secret", secret);
    }

    static void checkPassword(String name, String password) throws IdentityException {
        String text = Normalizer.normalize(password, Normalizer.Form.NFC);
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
            throw refused(
                    "the password is refused: it has " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters");
        }
        checkText("the password", text);
        if (looksGenerated(text.getBytes(UTF_8))) {
            throw refused("the password is refused: it looks like a generated secret; choose other words");
        }
        String rest = text.toLowerCase(Locale.ROOT).replace(name.toLowerCase(Locale.ROOT), "");
        if (rest.isEmpty() || text.codePoints().distinct().count() < FEWEST_LETTERS) {
            throw refused("the password is refused: it is the name or one thing over and over; choose other words");
        }
    }

    /** @return the bytes of the password as they are hashed, whichever way its letters were put together; empty if it is no text. */
    static Optional<byte[]> password(byte[] presented) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(presented)).toString();
            return Optional.of(Normalizer.normalize(text, Normalizer.Form.NFC).getBytes(UTF_8));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static void checkText(String what, String text) throws IdentityException {
        if (!UTF_8.newEncoder().canEncode(text) || text.chars().anyMatch(Character::isISOControl)) {
            throw refused(what + " is refused: it holds control characters or is no text");
        }
        if (ANOTHERS.matcher(text).matches()) {
            throw refused(what + " is refused: it begins like a key or token, as which it would be checked");
        }
    }
}
