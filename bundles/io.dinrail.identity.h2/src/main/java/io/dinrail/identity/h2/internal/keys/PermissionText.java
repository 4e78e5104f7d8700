package io.dinrail.identity.h2.internal.keys;

import static java.util.stream.Collectors.joining;

import io.dinrail.identity.api.ApiKey.Permission;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Permissions as tokens and the store write them. */
final class PermissionText {
    private PermissionText() {}

    static String of(Permission permission) {
        return permission.name().toLowerCase(Locale.ROOT);
    }

    static String join(Collection<Permission> permissions) {
        return permissions.stream().sorted().map(PermissionText::of).collect(joining(","));
    }

    /** @throws IllegalArgumentException if there is one that there isn't. */
    static Set<Permission> split(String text) {
        Set<Permission> found = EnumSet.noneOf(Permission.class);
        Arrays.stream(text.split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(name -> Permission.valueOf(name.toUpperCase(Locale.ROOT)))
                .forEach(found::add);
        return found;
    }
}
