package io.dinrail.broker.front;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What identity knows beside who may do what; answered from memory.
 *
 * @param issuedAt when the credential of a login name was issued; empty if it has none of its own.
 * @param closesOnRefusedPublish whether an organisation wants that.
 */
public record Offices(Function<String, Optional<Instant>> issuedAt, Predicate<String> closesOnRefusedPublish) {}
