package io.dinrail.broker.internal;

import io.dinrail.broker.front.Presence;
import io.dinrail.broker.internal.session.Attendance;
import io.dinrail.identity.api.Principal;

/**
 * Who comes and goes, as the sessions tell it.
 *
 * @param presence tells the bus.
 */
record Porter(Presence presence) implements Attendance {
    @Override
    public void came(Principal principal) {
        presence.came(principal);
    }

    @Override
    public void left(Principal principal, boolean stays, String reason) {
        if (!stays) {
            presence.left(principal, reason);
        }
    }
}
