package io.dinrail.identity.api;

/**
 * A rule set.
 *
 * @param organisation whose.
 * @param name its name.
 * @param shipped whether it is as shipped.
 * @param rules how many rules it has.
 * @param credentials how many credentials have it.
 * @param fault why it can't be used, so that everything is denied to who has it; empty if it can.
 */
public record RuleSetInfo(
        String organisation, String name, boolean shipped, int rules, int credentials, String fault) {}
