package io.dinrail.alert.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The rules of this platform, kept in the store; safe for use by many threads. */
@ProviderType
public interface RuleBook {
    /** @return all rules, by name. */
    List<Rule> list();

    /**
     * Reads a rule from the text of a rule file, and keeps nothing.
     *
     * @param json a JSON object with {@code name}, {@code device}, {@code tag}, {@code above} or {@code below}, and optionally {@code hysteresis},
     *     {@code delay} (such as {@code "5s"}), {@code severity} (default {@code warning}) and {@code message}.
     * @return the rule.
     * @throws RuleException if it is refused; the message names line and column, or the member.
     */
    Rule read(String json) throws RuleException;

    /**
     * Adds a rule, or replaces the one of the same name, whose open alert then stays open until the new rule clears it.
     *
     * @param rule the rule.
     * @throws RuleException if the store can't be written.
     */
    void add(Rule rule) throws RuleException;

    /**
     * Removes a rule and clears its open alert.
     *
     * @param name which.
     * @throws RuleException if there is none of that name, or the store can't be written.
     */
    void remove(String name) throws RuleException;
}
