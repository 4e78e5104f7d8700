package io.dinrail.identity.api;

import static java.util.Objects.requireNonNull;

/**
 * Somebody or something that has a name here. Names are unique within an organisation; equal names in two organisations are two principals.
 *
 * @param kind what it is.
 * @param organisation the id of its organisation.
 * @param name its name there, without the organisation.
 */
public record Principal(Kind kind, String organisation, String name) {
    /** What a principal is. */
    public enum Kind {
        /** A device: its name is its device id. */
        DEVICE,
        /** A device that speaks for the devices registered behind it. */
        GATEWAY,
        /** A program of the plant or the office. */
        BACKEND,
        /** A human being, with a role. */
        PERSON,
        /** A part of the platform. */
        COMPONENT,
        /** Somebody without a credential, let in because the operator says so. */
        ANONYMOUS
    }

    public Principal {
        requireNonNull(kind);
        requireNonNull(organisation);
        requireNonNull(name);
    }

    /** @return the login name: the bare name in the default organisation, {@code name@organisation} elsewhere. */
    public String login() {
        return login(organisation, name);
    }

    /**
     * Puts a login name together.
     *
     * @param organisation an organisation's id.
     * @param name a name in it.
     * @return the bare name in the default organisation, {@code name@organisation} elsewhere.
     */
    public static String login(String organisation, String name) {
        return organisation.equals(Organisation.DEFAULT) ? name : name + '@' + organisation;
    }

    /** @return whether it stands for a device of the register. */
    public boolean isDevice() {
        return kind == Kind.DEVICE || kind == Kind.GATEWAY;
    }
}
