package io.dinrail.identity.api;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What one connection may do, from its login to its end. Safe for use by many threads; answers from memory in about a microsecond and without
 * allocating, whatever the number of principals. Rules, register and credential may change meanwhile: the next answer knows.
 */
@ProviderType
public interface Access extends AutoCloseable {
    /** @return who it is. */
    Principal principal();

    /** @return the rule set its rights come from, or what else they come from, such as {@code token sk_id_…}. */
    String ruleSet();

    /** @return when it ends by itself, in UTC; {@link AccessListener#ended} is called then. */
    Optional<Instant> until();

    /** @return how fast it may publish. */
    Limits limits();

    /**
     * Takes a client id for this connection, which rules may refer to. To be called once, before anything is asked.
     *
     * @param clientId as the client gave it, or as it was assigned.
     * @return whether the credential may use it. If not, nothing is allowed.
     */
    boolean bind(String clientId);

    /**
     * Decides.
     *
     * @param action what.
     * @param topic the topic; for {@link Action#SUBSCRIBE} a filter, without its {@code $share/group/} prefix.
     * @return whether it may do it now, for all that the filter can match.
     */
    boolean may(Action action, String topic);

    /**
     * Decides about one delivery, the last gate before a message leaves: whatever filter brought it here. Topics that begin with {@code $} or a
     * reserved prefix are received only where a rule names that prefix.
     *
     * @param topic of the message.
     * @return whether it may be delivered now.
     */
    boolean mayReceive(String topic);

    /**
     * Tells the audit log that something was refused, at most once a minute for each topic.
     *
     * @param action what.
     * @param topic the topic or filter, whatever it holds.
     * @return whether this was one refusal too many (100 in a minute), so that the connection is to be closed.
     */
    boolean denied(Action action, String topic);

    /** Ends it: its listener hears no more. Does nothing if it has ended. */
    @Override
    void close();
}
