package io.dinrail.shell.internal;

import static io.dinrail.identity.api.IdentityException.Reason.REFUSED;

import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKeys;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.Enrolment;
import io.dinrail.identity.api.Finding;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.MasterKeys;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.RuleSetInfo;
import io.dinrail.identity.api.RuleSets;
import io.dinrail.identity.api.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** All of identity but credentials, people, certificates and the audit log: small, and remembers what it was asked for. */
final class FakeIdentity {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final String LINE = "org_abcdefghijkl";

    final List<String> asked = new ArrayList<>();
    final Map<String, Organisation> organisations = new LinkedHashMap<>();

    FakeIdentity() {
        organisations.put(
                Organisation.DEFAULT,
                new Organisation(Organisation.DEFAULT, "this plant", List.of(), false, "device", false, 0, NOON));
        organisations.put(LINE, new Organisation(LINE, "line 4", List.of("four"), false, "device", false, 0, NOON));
    }

    void into(TestShell shell) {
        shell.framework.add(RuleSets.class, new Rules());
        shell.framework.add(Identity.class, new Decisions());
        shell.framework.add(ApiKeys.class, new Keys());
        shell.framework.add(Tokens.class, new Temporary());
        shell.framework.add(Enrolment.class, new Codes());
        shell.framework.add(Organisations.class, new Tenants());
        shell.framework.add(MasterKeys.class, new Master());
    }

    private void ask(Actor by, Object... what) {
        asked.add(by.name() + ": " + List.of(what));
    }

    private final class Rules implements RuleSets {
        @Override
        public List<RuleSetInfo> list() {
            return List.of(new RuleSetInfo(Organisation.DEFAULT, "device", true, 12, 3, ""));
        }

        @Override
        public List<Finding> validate(String document) {
            return document.contains("bad")
                    ? List.of(new Finding(true, "rules[3].topic", "a # stands in the middle"))
                    : List.of(new Finding(false, "rules[0]", "is never reached"));
        }

        @Override
        public List<Finding> put(Actor by, String organisation, String name, String document) throws IdentityException {
            if (document.contains("bad")) {
                throw new IdentityException(REFUSED, "rules[3].topic: a # stands in the middle");
            }
            ask(by, "put", organisation, name, document);
            return validate(document);
        }

        @Override
        public void remove(Actor by, String organisation, String name) {
            ask(by, "remove", organisation, name);
        }

        @Override
        public String export(String organisation, String name) {
            return "{\"set\":\"" + organisation + "/" + name + "\"}";
        }

        @Override
        public Decision simulate(String document, String login, String clientId, Action action, String topic) {
            return new Decision(false, "document: denied", Map.of());
        }
    }

    private static final class Decisions implements Identity {
        @Override
        public CompletionStage<Admission> admit(Attempt attempt, AccessListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Admission anonymous(String ruleSet, String address, AccessListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Decision explain(String login, String clientId, Action action, String topic) {
            return new Decision(
                    action == Action.PUBLISH,
                    "device 10: allow " + topic + " as " + clientId,
                    Map.of("%u", login, "%c", clientId));
        }
    }

    private final class Keys implements ApiKeys {
        private final ApiKey key = new ApiKey(
                "sk_id_1",
                Organisation.DEFAULT,
                "web",
                List.of("**"),
                Set.of(ApiKey.Permission.SUBSCRIBE, ApiKey.Permission.PUBLISH),
                List.of(),
                false,
                NOON,
                Optional.empty(),
                List.of());

        @Override
        public NewKey create(
                Actor by, String organisation, String name, List<String> patterns, Set<ApiKey.Permission> actions) {
            ask(by, "create", organisation, name, patterns, actions);
            return new NewKey(key, "sk_secret_x", "sk_id_1_secret_x");
        }

        @Override
        public NewKey createPublishable(
                Actor by,
                String organisation,
                String name,
                List<String> patterns,
                Set<ApiKey.Permission> actions,
                List<String> allowedOrigins) {
            ask(by, "createPublishable", organisation, name, patterns, actions, allowedOrigins);
            return new NewKey(key, "", "");
        }

        @Override
        public NewKey rotate(Actor by, String id, Duration overlap) {
            ask(by, "rotate", id, overlap);
            return new NewKey(key, "sk_secret_y", "sk_id_1_secret_y");
        }

        @Override
        public void disable(Actor by, String id, boolean disabled) {
            ask(by, "disable", id, disabled);
        }

        @Override
        public void delete(Actor by, String id) {
            ask(by, "delete", id);
        }

        @Override
        public String mint(Actor by, String id, TokenOrder order) {
            ask(by, "mint", id, order);
            return "header.claims.signature";
        }

        @Override
        public List<ApiKey> list() {
            return List.of(key);
        }
    }

    private final class Temporary implements Tokens {
        private final TemporaryToken token = new TemporaryToken(
                "6b1d0cd4-0000-4000-8000-000000000001", LINE, "ann@example.org", "t-1", "dashboard", NOON);

        @Override
        public NewToken create(Actor by, TokenOrder order) {
            ask(by, "create", order);
            return new NewToken(token, "tkn_x", NOON);
        }

        @Override
        public NewToken refresh(Actor by, String id, String password) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void revoke(Actor by, String id) {
            ask(by, "revoke", id);
        }

        @Override
        public List<TemporaryToken> list() {
            return List.of(token);
        }
    }

    private final class Codes implements Enrolment {
        @Override
        public String open(Actor by, String login, String ruleSet, Duration life) {
            ask(by, "open", login, ruleSet, life);
            return "enr_x";
        }

        @Override
        public Enrolled redeem(String from, String login, String code, Optional<String> csr) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cancel(Actor by, String login) {
            ask(by, "cancel", login);
        }

        @Override
        public List<OpenEnrolment> list() {
            return List.of(new OpenEnrolment("gw-1", "gateway", NOON));
        }
    }

    private final class Tenants implements Organisations {
        @Override
        public Organisation add(Actor by, String displayName) {
            ask(by, "add", displayName);
            return organisations.get(LINE);
        }

        @Override
        public void change(Actor by, Organisation changed) {
            organisations.put(changed.id(), changed);
        }

        @Override
        public List<Organisation> list() {
            return List.copyOf(organisations.values());
        }

        @Override
        public Optional<Organisation> find(String idOrAlias) {
            return organisations.values().stream()
                    .filter(one -> one.id().equals(idOrAlias) || one.aliases().contains(idOrAlias))
                    .findFirst();
        }
    }

    private final class Master implements MasterKeys {
        @Override
        public String source() {
            return "/data/secrets/master.key";
        }

        @Override
        public void rotate(Actor by) {
            ask(by, "rotate master");
        }

        @Override
        public void backUp(Actor by, Path file) {
            ask(by, "back up", file);
        }
    }
}
