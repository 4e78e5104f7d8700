package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Finding;
import io.dinrail.identity.api.Limits;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A rule set, compiled once and shared by all who have it. Immutable. */
public final class RuleDocument implements Grant {
    // For this package's eyes: what every decision goes through, by the number of the rule.
    final TopicTemplate[] topics;
    final Landmarks landmarks;
    final long[] publishing;
    final long[] subscribing;

    private final String name;
    private final List<Rule> rules;
    private final Limits limits;
    private final List<Variable> variables;
    private final boolean[] allowing;
    private final int[] bindings; // the number of the claim a rule is bound to, or -1

    RuleDocument(String name, List<Rule> rules, Limits limits) {
        this.name = name;
        this.rules =
                rules.stream().sorted(Comparator.comparingInt(Rule::priority)).toList();
        this.limits = limits;
        TemplateReader reader = new TemplateReader();
        int count = rules.size();
        this.topics = new TopicTemplate[count];
        this.allowing = new boolean[count];
        this.bindings = new int[count];
        for (int i = 0; i < count; i++) {
            Rule rule = this.rules.get(i);
            topics[i] = reader.read(rule.topic(), rule.binding());
            allowing[i] = rule.allows();
            bindings[i] =
                    rule.binding().map(Variable::claim).map(reader::number).orElse(-1);
        }
        this.landmarks = new Landmarks(topics);
        this.variables = reader.variables();
        this.publishing = about(Action.PUBLISH);
        this.subscribing = about(Action.SUBSCRIBE);
    }

    /**
     * What became of a text.
     *
     * @param document the rules; empty if there are errors.
     * @param findings errors and warnings, in the order of the text.
     */
    public record Parsed(Optional<RuleDocument> document, List<Finding> findings) {
        public Parsed {
            findings = List.copyOf(findings);
        }

        /** @return the first error. */
        public Optional<Finding> error() {
            return findings.stream().filter(Finding::error).findFirst();
        }
    }

    /**
     * Reads a document.
     *
     * @param name what explanations call it.
     * @param json in any of the shapes that can be imported.
     * @return the document or what is wrong with it.
     */
    public static Parsed parse(String name, String json) {
        return new RuleReader(name).read(json);
    }

    /** @return what explanations call it. */
    public String name() {
        return name;
    }

    /** @return how many rules it has. */
    public int size() {
        return rules.size();
    }

    /** @return the canonical form, which reads back as the same document. */
    public String toJson() {
        return RuleWriter.write(this);
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Rights bind(Facts facts) {
        Values[] values = new Values[variables.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Values.of(variables.get(i).values(facts));
        }
        long[] active = new long[publishing.length];
        for (int i = 0; i < topics.length; i++) {
            if (isFor(facts.name(), i, values)) {
                active[i / Long.SIZE] |= 1L << i;
            }
        }
        return new BoundRules(this, values, active);
    }

    List<Rule> rules() {
        return rules;
    }

    /** @return whether there is such a rule and it allows. */
    boolean allows(int rule) {
        return rule >= 0 && allowing[rule];
    }

    private boolean isFor(String user, int rule, Values[] values) {
        String wanted = rules.get(rule).user();
        return (wanted.equals(Rule.EVERYBODY) || NamePattern.matches(wanted, user))
                && (bindings[rule] < 0 || !values[bindings[rule]].isEmpty())
                && topics[rule].isResolved(values);
    }

    private long[] about(Action action) {
        BitSet set = new BitSet();
        for (int i = 0; i < rules.size(); i++) {
            set.set(i, rules.get(i).permission().includes(action));
        }
        return Arrays.copyOf(set.toLongArray(), (rules.size() + Long.SIZE - 1) / Long.SIZE);
    }
}
