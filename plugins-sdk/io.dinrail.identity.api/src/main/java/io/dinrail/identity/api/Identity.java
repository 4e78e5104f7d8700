package io.dinrail.identity.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The one decision point; safe for use by many threads, never blocks. Denies by default. */
@ProviderType
public interface Identity {
    /**
     * Checks a login. Issued secrets, keys, tokens and certificates are answered within the call; a password that a person chose is checked on
     * identity's own threads, a bounded number at a time. Unknown names take as long as known ones.
     *
     * @param attempt what was presented.
     * @param listener hears what becomes of the rights, until the access is closed.
     * @return the answer, never failed. An access admitted to a caller that has gone must be closed all the same.
     */
    CompletionStage<Admission> admit(Attempt attempt, AccessListener listener);

    /**
     * Lets somebody in without a credential, in the default organisation, where a listener's settings name a rule set for that.
     *
     * @param ruleSet which.
     * @param address where it comes from, an IP address; anything but loopback is refused.
     * @param listener hears what becomes of the rights.
     * @return the answer.
     */
    Admission anonymous(String ruleSet, String address, AccessListener listener);

    /**
     * Decides for somebody who need not be connected, and says why.
     *
     * @param login the login name.
     * @param clientId the client id it would use.
     * @param action what.
     * @param topic the topic or filter; a {@code $share/group/} prefix is taken off.
     * @return the decision with the rule that made it.
     * @throws IdentityException if there is no credential of that name.
     */
    Decision explain(String login, String clientId, Action action, String topic) throws IdentityException;
}
