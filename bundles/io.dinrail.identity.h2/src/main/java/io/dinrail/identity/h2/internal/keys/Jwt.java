package io.dinrail.identity.h2.internal.keys;

import com.nimbusds.jose.util.Base64URL;
import io.dinrail.model.api.TagValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token cut in parts, its header checked, nothing else believed.
 *
 * @param keyId the key it names, {@code sk_id_…}.
 * @param signed what its signature is over.
 * @param signature of 32 bytes.
 * @param claims in base64url.
 */
@SuppressWarnings("ArrayRecordComponent") // cut from one array and never kept
record Jwt(String keyId, byte[] signed, Base64URL signature, byte[] claims) {
    static final int LONGEST = 16 * 1024;

    /** 32 bytes in base64url. */
    private static final int SIGNATURE_LENGTH = 43;

    private static final Pattern KEY_ID = Pattern.compile("sk_(?:id|live)_([0-9a-f]{24})(?::sk)?");
    private static final Set<String> FORBIDDEN =
            Set.of("jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "enc", "zip");
    private static final Set<String> READ = Set.of("alg", "kid");

    static Jwt read(byte[] token) throws JwtRefused {
        if (token.length > LONGEST) {
            throw new JwtRefused("too long");
        }
        int first = indexOf(token, '.', 0);
        int second = indexOf(token, '.', first + 1);
        if (token.length - second - 1 != SIGNATURE_LENGTH) {
            throw new JwtRefused("signature of another form");
        }
        String keyId = keyId(JwtText.object(Arrays.copyOf(token, first), READ));
        String signature = new String(token, second + 1, SIGNATURE_LENGTH, StandardCharsets.US_ASCII);
        return new Jwt(
                keyId,
                Arrays.copyOf(token, second),
                new Base64URL(signature),
                Arrays.copyOfRange(token, first + 1, second));
    }

    @Override
    public String toString() {
        return "Jwt[" + keyId + "]";
    }

    private static String keyId(Map<String, TagValue> header) throws JwtRefused {
        if (!(header.get("alg") instanceof TagValue.Text alg) || !alg.value().equals("HS256")) {
            throw new JwtRefused("algorithm");
        }
        if (header.keySet().stream().anyMatch(FORBIDDEN::contains)) {
            throw new JwtRefused("header");
        }
        if (!(header.get("kid") instanceof TagValue.Text kid)) {
            throw new JwtRefused("no kid");
        }
        Matcher form = KEY_ID.matcher(kid.value());
        if (!form.matches()) {
            throw new JwtRefused("kid of another form");
        }
        return "sk_id_" + form.group(1);
    }

    private static int indexOf(byte[] text, char wanted, int from) {
        int at = from;
        while (at < text.length && text[at] != wanted) {
            at++;
        }
        return at;
    }
}
