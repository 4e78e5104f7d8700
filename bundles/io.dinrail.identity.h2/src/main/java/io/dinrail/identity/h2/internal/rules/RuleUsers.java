package io.dinrail.identity.h2.internal.rules;

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
     * Looks an organisation up.
     *
     * @param organisation its id.
     * @return whether there is one.
     */
    boolean isOrganisation(String organisation);
}
