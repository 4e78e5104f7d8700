package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.Principal;
import io.dinrail.model.api.DeviceId;
import java.util.Optional;

/** A login name taken apart. */
record LoginName(String organisation, String name) {
    /** Empty if nobody can have it. */
    static Optional<LoginName> parse(String login, Organisations organisations) {
        int at = login.lastIndexOf('@');
        String organisation = at < 0 ? Organisation.DEFAULT : login.substring(at + 1);
        String name = at < 0 ? login : login.substring(0, at);
        if (!isName(name)) {
            return Optional.empty();
        }
        return organisations.find(organisation).map(found -> new LoginName(found.id(), name));
    }

    String login() {
        return Principal.login(organisation, name);
    }

    @Override
    public String toString() {
        return organisation + '/' + name;
    }

    private static boolean isName(String name) {
        try {
            return !ChannelNames.isOurs(new DeviceId(name).value());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
