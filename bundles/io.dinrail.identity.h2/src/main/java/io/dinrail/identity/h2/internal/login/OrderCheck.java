package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.Refusal.refused;
import static java.time.temporal.ChronoUnit.MILLIS;

import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.rules.Rules;
import io.dinrail.model.api.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at what somebody asks for, before anything is made of it. */
final class OrderCheck {
    private static final int LONGEST = 128;
    private static final int MOST_CLIENT_IDS = 32;
    private static final Instant FARTHEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Roster roster;
    private final Rules rules;

    OrderCheck(Roster roster, Rules rules) {
        this.roster = roster;
        this.rules = rules;
    }

    /**
     * An order with everything looked up and filled in.
     *
     * @param login whose.
     * @param terms what it gets.
     * @param secret what it logs in with.
     */
    record Checked(LoginName login, Terms terms, CredentialOrder.SecretChoice secret) {}

    Checked check(CredentialOrder order) throws IdentityException {
        LoginName login = login(order.login());
        String ruleSet = order.ruleSet()
                .or(() -> roster.organisation(login.organisation()).map(Organisation::defaultRuleSet))
                .orElse("");
        ruleSet(login.organisation(), ruleSet);
        Principal.Kind kind = Terms.kindOf(ruleSet);
        List<String> ids =
                order.clientIds().isEmpty() ? Terms.usualClientIds(kind, login.name()) : clientIds(order.clientIds());
        displayName(order.displayName());
        secret(login, order.secret());
        Terms terms =
                new Terms(kind, order.displayName(), ruleSet, ids, Optional.empty(), false, expiry(order.expiresAt()));
        return new Checked(login, terms, order.secret());
    }

    void ruleSet(String organisation, String ruleSet) throws IdentityException {
        if (rules.find(organisation, ruleSet).isEmpty()) {
            throw Refusal.unknown("rule set", ruleSet);
        }
    }

    Optional<Instant> expiry(Optional<Instant> asked) throws IdentityException {
        Instant now = roster.now();
        if (asked.filter(at -> !at.isAfter(now) || at.isAfter(FARTHEST)).isPresent()) {
            throw refused("the end is refused: it lies ahead, before the year 9999");
        }
        return asked.map(at -> at.truncatedTo(MILLIS));
    }

    static void displayName(String text) throws IdentityException {
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw refused("the display name is refused: at most " + LONGEST + " characters, none a control character");
        }
    }

    static void name(String name) throws IdentityException {
        try {
            if (LoginName.isReserved(new DeviceId(name).value())) {
                throw refused("the name " + name + " is the platform's own: choose another");
            }
        } catch (IllegalArgumentException e) {
            throw refused("the name is refused: " + e.getMessage());
        }
    }

    static boolean isPattern(String text) {
        int star = text.indexOf('*');
        return !text.isEmpty()
                && text.length() <= LONGEST
                && (star < 0 || star == text.length() - 1)
                && text.chars().noneMatch(Character::isISOControl);
    }

    private LoginName login(String login) throws IdentityException {
        int at = login.lastIndexOf('@');
        name(at < 0 ? login : login.substring(0, at));
        return LoginName.parse(login, roster::organisation)
                .orElseThrow(() -> Refusal.unknown("organisation", login.substring(at + 1)));
    }

    private static List<String> clientIds(List<String> asked) throws IdentityException {
        if (asked.size() > MOST_CLIENT_IDS || !asked.stream().allMatch(OrderCheck::isPattern)) {
            throw refused("the client ids are refused: at most " + MOST_CLIENT_IDS + ", each 1 to " + LONGEST
                    + " characters without control characters, with * only at the end");
        }
        return asked;
    }

    private static void secret(LoginName login, CredentialOrder.SecretChoice choice) throws IdentityException {
        if (choice instanceof CredentialOrder.SecretChoice.Given given) {
            SecretRules.checkGiven(given.secret());
        } else if (choice instanceof CredentialOrder.SecretChoice.Chosen chosen) {
            SecretRules.checkPassword(login.name(), chosen.password());
        }
    }
}
