package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.rules.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What became of a check. */
public sealed interface Proof {
    /**
     * The secret is right.
     *
     * @param principal whose it is.
     * @param clientIds the client ids it may use, exact or a prefix followed by {@code *}.
     * @param ruleSet the rule set's name, or where else the rights come from, such as {@code key sk_id_…}.
     * @param grant the rights; empty for those of the rule set.
     * @param claims what {@link io.dinrail.identity.h2.internal.rules.Facts#claim} is to answer.
     * @param until when it ends by itself.
     * @param roots what it rests on (see {@link LiveAccesses}), besides its organisation, rule set and device.
     * @param holds asked once more after the access is known to {@link LiveAccesses}, so that what ended meanwhile is noticed.
     */
    record Proven(
            Principal principal,
            List<String> clientIds,
            String ruleSet,
            Optional<Grant> grant,
            Map<String, List<String>> claims,
            Optional<Instant> until,
            Set<String> roots,
            BooleanSupplier holds)
            implements Proof {
        public Proven {
            clientIds = List.copyOf(clientIds);
            claims = Map.copyOf(claims);
            roots = Set.copyOf(roots);
        }
    }

    /**
     * It is not, or does not count.
     *
     * @param reason what to answer.
     * @param why for the audit log, in a word or two; never the secret.
     */
    record Failed(Admission.Reason reason, String why) implements Proof {}
}
