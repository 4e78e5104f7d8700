package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.h2.internal.text.PlainText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that differs from one connection to the next.
 *
 * @param source where its values are found.
 * @param name its name there; empty where there is but one.
 */
record Variable(Source source, String name) {
    /** Where values are found. */
    enum Source {
        NAME,
        CLIENT_ID,
        ORGANISATION,
        ATTRIBUTE,
        CLAIM
    }

    private static final Pattern CLAIM_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    private static final String SELF = "{$self}";
    private static final Map<String, Variable> KNOWN = Map.of(
            "%u", new Variable(Source.NAME, ""),
            "{username}", new Variable(Source.NAME, ""),
            "%c", new Variable(Source.CLIENT_ID, ""),
            "{client_id}", new Variable(Source.CLIENT_ID, ""),
            "{org_short_id}", new Variable(Source.ORGANISATION, ""),
            "{fleet}", new Variable(Source.ATTRIBUTE, "fleet"),
            "{gateway}", new Variable(Source.ATTRIBUTE, "gateway"),
            "{site}", new Variable(Source.ATTRIBUTE, "site"),
            "{child}", new Variable(Source.ATTRIBUTE, "child"));

    /**
     * Reads one.
     *
     * @param written as it stands in a topic.
     * @param binding the rule's.
     * @throws IllegalArgumentException if it is none; the message is a sentence.
     */
    static Variable parse(String written, Optional<String> binding) {
        Variable known = KNOWN.get(written);
        if (known != null) {
            return known;
        }
        String claim = written.substring(1, written.length() - 1);
        if (written.equals(SELF) || isClaim(claim)) {
            return binding.map(bound -> claim(written.equals(SELF) ? bound : claim))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the variable " + written + " is a claim's, for which the rule needs a binding"));
        }
        throw new IllegalArgumentException("there is no variable " + PlainText.of(written));
    }

    static Variable claim(String name) {
        return new Variable(Source.CLAIM, name);
    }

    static boolean isClaim(String name) {
        return CLAIM_NAME.matcher(name).matches();
    }

    /** @return whether it may have several values at once. */
    boolean isList() {
        return source == Source.ATTRIBUTE || source == Source.CLAIM;
    }

    List<String> values(Facts facts) {
        return switch (source) {
            case NAME -> List.of(facts.name());
            case CLIENT_ID -> List.of(facts.clientId());
            case ORGANISATION -> List.of(facts.organisation());
            case ATTRIBUTE -> facts.attribute(name);
            case CLAIM -> facts.claim(name);
        };
    }
}
