package io.dinrail.identity.h2.internal.login;

/** The forms of secrets that are no credential's; each has a {@link Prover} that may not be there yet. */
public enum SecretForm {
    /** {@code tkn_} and more. */
    TOKEN {
        @Override
        public boolean fits(byte[] secret) {
            return begins(secret, "tkn_", false);
        }
    },
    /** {@code enr_} and more; people who type it hold down shift, or don't. */
    ENROLMENT {
        @Override
        public boolean fits(byte[] secret) {
            return begins(secret, "enr_", true);
        }
    },
    /** Three parts of base64url with dots between, the first beginning like an object. */
    JWT {
        @Override
        public boolean fits(byte[] secret) {
            return secret.length >= 5 && begins(secret, "eyJ", false) && dots(secret) == 2;
        }
    };

    /**
     * Tells by the form alone.
     *
     * @param secret as presented.
     * @return whether it is one of these, right or wrong.
     */
    public abstract boolean fits(byte[] secret);

    /** @return whether it is no credential's, whoever presents it. */
    static boolean isReserved(byte[] secret) {
        for (SecretForm form : values()) {
            if (form.fits(secret)) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(byte[] secret, String prefix, boolean inCapitalsToo) {
        boolean begins = secret.length > prefix.length();
        for (int i = 0; begins && i < prefix.length(); i++) {
            char given = (char) secret[i];
            begins = (inCapitalsToo ? Character.toLowerCase(given) : given) == prefix.charAt(i);
        }
        return begins;
    }

    /** @return how many there are; -1 if anything else is not base64url. */
    private static int dots(byte[] secret) {
        int dots = 0;
        for (byte c : secret) {
            if (c == '.') {
                dots++;
            } else if (!isBase64Url(c)) {
                return -1;
            }
        }
        return dots;
    }

    static boolean isBase64Url(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
}
