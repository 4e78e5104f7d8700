package io.dinrail.identity.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears what becomes of a connection's rights; called on a thread of identity's, one call at a time, and returns at once. */
@ConsumerType
public interface AccessListener {
    /** Rules, register or credential changed: every subscription is to be asked about again, and those not covered any more are to go. */
    void changed();

    /**
     * The connection is to be closed now, with its session if the credential is gone for good.
     *
     * @param why what happened.
     */
    void ended(End why);

    /** Why an access ends. */
    enum End {
        /** The credential was disabled, or its organisation. */
        DISABLED,
        /** The credential is gone for good: what is queued for it goes too. */
        REVOKED,
        /** Credential, token or certificate came to its end. */
        EXPIRED,
        /** The key or certificate behind it is not trusted any more. */
        DISTRUSTED
    }
}
