package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.h2.internal.rules.Rules;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at start which rule sets credentials have that are not there. */
final class MissingRuleSets {
    private static final Logger LOG = LoggerFactory.getLogger(MissingRuleSets.class);
    private static final int MOST_LINES = 20;

    private MissingRuleSets() {}

    static void report(Roster roster, Rules rules) {
        roster
                .all()
                .collect(Collectors.groupingBy(
                        each -> new LoginName(
                                each.login().organisation(), each.terms().ruleSet()),
                        Collectors.counting()))
                .entrySet()
                .stream()
                .filter(each -> rules.find(
                                each.getKey().organisation(), each.getKey().name())
                        .isEmpty())
                .limit(MOST_LINES)
                .forEach(each -> LOG.error(
                        "{} credentials of organisation {} are denied everything because their rule set {} is missing:"
                                + " import it, or give them another",
                        each.getValue(),
                        each.getKey().organisation(),
                        Refusal.quoted(each.getKey().name())));
    }
}
