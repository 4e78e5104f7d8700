package io.dinrail.identity.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person.
 *
 * @param name the login name, in the default organisation.
 * @param displayName for people; may be empty.
 * @param role what it may do.
 * @param disabled whether it gets in nowhere.
 * @param hasPassword whether it has one, for console and MQTT; the shell takes keys only.
 * @param sshKeys its public keys in OpenSSH's notation, one text each.
 * @param createdAt since when, in UTC.
 * @param lastUsedAt when it last logged in, in UTC, within a minute.
 */
public record Person(
        String name,
        String displayName,
        Role role,
        boolean disabled,
        boolean hasPassword,
        List<String> sshKeys,
        Instant createdAt,
        Optional<Instant> lastUsedAt) {
    public Person {
        sshKeys = List.copyOf(sshKeys);
    }
}
