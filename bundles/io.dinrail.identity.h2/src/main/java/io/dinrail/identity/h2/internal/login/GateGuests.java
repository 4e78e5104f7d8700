package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.rules.Rules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Lets in who has no name, from this machine only. */
final class GateGuests {
    static final String NAME = "anonymous";

    private static final Predicate<String> LOOPBACK = Pattern.compile(
                    "(::ffff:|0:0:0:0:0:ffff:)?127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1", Pattern.CASE_INSENSITIVE)
            .asMatchPredicate();

    private final Rules rules;
    private final GateDoor door;

    GateGuests(Rules rules, GateDoor door) {
        this.rules = rules;
        this.door = door;
    }

    GateDoor.Outcome open(String ruleSet, String address, AccessListener listener) {
        if (!LOOPBACK.test(address)) {
            return shut(Reason.BARRED, "not from this machine");
        }
        if (rules.find(Organisation.DEFAULT, ruleSet).isEmpty()) {
            return shut(Reason.UNAVAILABLE, "no rule set");
        }
        Principal principal = new Principal(Principal.Kind.ANONYMOUS, Organisation.DEFAULT, NAME);
        Proof proof = new Proof.Proven(
                principal, List.of("*"), ruleSet, Optional.empty(), Map.of(), Optional.empty(), Set.of(), () -> true);
        return door.open(new GateProof(proof, () -> proof), address, listener);
    }

    private static GateDoor.Outcome shut(Reason reason, String why) {
        return new GateDoor.Outcome.Shut(new Proof.Failed(reason, why));
    }
}
