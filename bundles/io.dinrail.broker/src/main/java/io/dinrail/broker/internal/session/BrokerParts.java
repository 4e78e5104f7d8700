package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.store.MessageStore;
import io.dinrail.identity.api.Identity;
import java.time.Clock;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What the sessions stand on.
 *
 * @param store keeps what must survive; closed by its owner, after the broker.
 * @param settings the limits.
 * @param identity decides who is let in and what they may do.
 * @param anonymousRuleSet of this machine's clients without a credential; empty for none.
 * @param issuedAt when a login name's credential was issued, in milliseconds since 1970, 0 if unknown.
 * @param closesOnRefusedPublish whether an organisation, by its id, is that strict.
 * @param ledger counts losses.
 * @param tap hears inside the platform what clients publish.
 * @param attendance hears who comes and goes.
 * @param clock tells the time.
 */
public record BrokerParts(
        MessageStore store,
        BrokerSettings settings,
        Identity identity,
        String anonymousRuleSet,
        ToLongFunction<String> issuedAt,
        Predicate<String> closesOnRefusedPublish,
        Ledger ledger,
        Tap tap,
        Attendance attendance,
        Clock clock) {}
