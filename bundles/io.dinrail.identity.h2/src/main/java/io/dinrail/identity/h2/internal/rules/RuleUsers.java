package io.dinrail.identity.h2.internal.rules;

import java.util.Map;

/** Who has which rule set, and which organisations there are; answers from memory. */
public interface RuleUsers {
    /**
     * Counts.
     *
     * @param organisation its id.
     * @param name the rule set's.
     * @return how many credentials have it.
     */
    int count(String organisation, String name);

    /**
     * Counts all.
     *
     * @return how many credentials have each rule set, by organisation and the rule set's name; none is 0.
     */
    Map<String, Map<String, Integer>> counts();

    /**
     * Looks an organisation up.
     *
     * @param organisation its id.
     * @return whether there is one.
     */
    boolean isOrganisation(String organisation);
}
