package io.dinrail.identity.api;

import java.time.Instant;

/**
 * One entry of the audit log; never holds a secret.
 *
 * @param number counts up by one.
 * @param at when, in UTC.
 * @param kind what kind of thing, such as {@code login.refused}, {@code acl.denied}, {@code credential.issued}, {@code rule-set.put}.
 * @param actor who did it.
 * @param from from where.
 * @param subject what it was done to.
 * @param detail more, without control characters, at most 1,024 characters.
 */
public record AuditEntry(
        long number, Instant at, String kind, String actor, String from, String subject, String detail) {}
