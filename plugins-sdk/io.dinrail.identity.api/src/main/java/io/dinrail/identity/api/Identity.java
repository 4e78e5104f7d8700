package io.dinrail.identity.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The one decision point; safe for use by many threads, answers from memory and never blocks. Denies by default. */
@ProviderType
public interface Identity {
    /**
     * Checks a login. Takes the same time for an unknown name and for a wrong secret.
     *
     * @param name the login name presented.
     * @param secret the password presented, as bytes of UTF-8; not kept.
     * @return who it is; empty if it is refused.
     */
    Optional<Principal> authenticate(String name, byte[] secret);

    /**
     * Decides whether a principal may do something now.
     *
     * @param principal who.
     * @param action what.
     * @param topic the topic; for {@link Action#SUBSCRIBE} a filter, without its {@code $share/group/} prefix.
     * @return whether a rule allows it for all that the filter can match.
     */
    default boolean authorise(Principal principal, Action action, String topic) {
        return explain(principal, action, topic).allowed();
    }

    /**
     * Decides, and says why.
     *
     * @param principal who.
     * @param action what.
     * @param topic the topic or filter.
     * @return the decision with the rule that made it.
     */
    Decision explain(Principal principal, Action action, String topic);
}
