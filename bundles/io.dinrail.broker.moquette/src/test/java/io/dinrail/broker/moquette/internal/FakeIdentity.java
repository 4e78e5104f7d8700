package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Knows whom a test tells it; the password is the name and {@code -secret}; rules are those of the rule sets that ship. */
final class FakeIdentity implements Identity {
    private final Map<String, Principal> principals = new ConcurrentHashMap<>();

    FakeIdentity device(String name) {
        return with(new Principal(name, "device", List.of(name)));
    }

    FakeIdentity backend(String name) {
        return with(new Principal(name, "backend", List.of(name, name + "-*")));
    }

    FakeIdentity with(Principal principal) {
        principals.put(principal.name(), principal);
        return this;
    }

    void revoke(String name) {
        principals.remove(name);
    }

    static byte[] secret(String name) {
        return (name + "-secret").getBytes(UTF_8);
    }

    @Override
    public Optional<Principal> authenticate(String name, byte[] secret) {
        return Optional.ofNullable(principals.get(name))
                .filter(p -> new String(secret, UTF_8).equals(name + "-secret"));
    }

    @Override
    public Decision explain(Principal who, Action action, String topic) {
        if (topic.contains("boom")) {
            throw new IllegalStateException("the decision point is broken");
        }
        boolean allowed = who.ruleSet().equals("backend") || ofDevice(who.name(), action, topic);
        return new Decision(allowed, who.ruleSet());
    }

    private static boolean ofDevice(String name, Action action, String topic) {
        return action == Action.SUBSCRIBE
                ? topic.equals("commands/" + name + "/#") || topic.startsWith("commands/" + name + "/")
                : topic.startsWith("telemetry/" + name + "/")
                        || topic.equals("telemetry/" + name)
                        || topic.startsWith("devices/" + name + "/")
                        || topic.equals("commands/" + name + "/ack");
    }
}
