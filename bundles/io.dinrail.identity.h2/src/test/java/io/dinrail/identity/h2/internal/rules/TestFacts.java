package io.dinrail.identity.h2.internal.rules;

import java.util.List;
import java.util.Map;

/** What is known of a connection in a test; also for the tests of other packages. */
public record TestFacts(
        String name,
        String organisation,
        String clientId,
        Map<String, List<String>> attributes,
        Map<String, List<String>> claims)
        implements Facts {
    public static TestFacts of(String name) {
        return new TestFacts(name, "default", name, Map.of(), Map.of());
    }

    public TestFacts as(String clientId) {
        return new TestFacts(name, organisation, clientId, attributes, claims);
    }

    public TestFacts with(String attribute, String... values) {
        return new TestFacts(name, organisation, clientId, Map.of(attribute, List.of(values)), claims);
    }

    public TestFacts claiming(String claim, String... values) {
        return new TestFacts(name, organisation, clientId, attributes, Map.of(claim, List.of(values)));
    }

    @Override
    public List<String> attribute(String variable) {
        return attributes.getOrDefault(variable, List.of());
    }

    @Override
    public List<String> claim(String claim) {
        return claims.getOrDefault(claim, List.of());
    }
}
