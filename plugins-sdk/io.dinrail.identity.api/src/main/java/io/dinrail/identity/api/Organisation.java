package io.dinrail.identity.api;

import java.time.Instant;
import java.util.List;

/**
 * A tenant. Topics, client ids, sessions, rule sets and names of two organisations never meet.
 *
 * @param id {@code default} or {@code org_} with 12 letters a-z and digits 2-9.
 * @param displayName for people, at most 128 characters.
 * @param aliases other ids under which its principals log in, as they had them elsewhere.
 * @param disabled whether nobody of it gets in.
 * @param defaultRuleSet what credentials without a rule set have.
 * @param closesOnRefusedPublish whether a publish that its rules refuse ends the connection.
 * @param maxConnections how many clients may be connected at once; 0 for any number.
 * @param createdAt since when, in UTC.
 */
public record Organisation(
        String id,
        String displayName,
        List<String> aliases,
        boolean disabled,
        String defaultRuleSet,
        boolean closesOnRefusedPublish,
        int maxConnections,
        Instant createdAt) {
    /** The plant's own organisation, which bare login names belong to; always there. Its readings are the bus's readings. */
    public static final String DEFAULT = "default";

    public Organisation {
        aliases = List.copyOf(aliases);
    }
}
