package io.dinrail.identity.h2.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.h2.internal.login.SecretForm;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.util.Locale;

/** Codes as people read them out: letters large or small, hyphens where they like, and no letter for a digit. */
final class EnrolmentCode {
    static final String PREFIX = "enr_";
    /** 140 bits. */
    private static final int LENGTH = 28;

    private static final int GROUP = 4;
    private static final int LONGEST = 64;

    private EnrolmentCode() {}

    static String make() {
        StringBuilder code = new StringBuilder(PREFIX);
        String random = RandomText.of(Base32.ALPHABET, LENGTH);
        for (int i = 0; i < LENGTH; i += GROUP) {
            code.append(i == 0 ? "" : "-").append(random, i, i + GROUP);
        }
        return code.toString();
    }

    static byte[] digest(Vault vault, String owner, byte[] code) throws SecretsException {
        return vault.digest("enrolment", owner, plain(code).getBytes(UTF_8));
    }

    /** What is no code at all becomes one that nobody has. */
    private static String plain(byte[] code) {
        if (code.length > LONGEST || !SecretForm.ENROLMENT.fits(code)) {
            return "";
        }
        return new String(code, UTF_8)
                .substring(PREFIX.length())
                .replace("-", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }
}
