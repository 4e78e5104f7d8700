package io.dinrail.identity.h2.internal.login;

import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.CredentialChanged;
import io.dinrail.event.api.CredentialChanged.Kind;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.h2.internal.audit.Trail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.event.EventAdmin;

/** Tells everybody else of a change that is in force: open connections first, then the log, then the bus. */
final class Aftermath {
    private static final int LONGEST_DETAIL = 1000;

    private final LiveAccesses live;
    private final Trail trail;
    private final EventAdmin bus;

    Aftermath(LiveAccesses live, Trail trail, EventAdmin bus) {
        this.live = live;
        this.trail = trail;
        this.bus = bus;
    }

    void changed(KnownCredential known) {
        live.changed(known.login().root());
    }

    void ended(KnownCredential known, End why) {
        live.end(known.login().root(), why);
    }

    void log(Actor by, String kind, KnownCredential known, String detail) {
        trail.changed(by, kind, known.login().login(), detail);
    }

    void send(Kind kind, KnownCredential known, Instant at) {
        bus.sendEvent(BusEvents.wrap(
                new CredentialChanged(kind, known.login().login(), known.terms().ruleSet(), at)));
    }

    /** Names every one, in as few entries as hold them: ten thousand of their own would drown what else the log's queue holds. */
    void logAll(Actor by, String kind, List<KnownCredential> many) {
        List<String> names = new ArrayList<>();
        int length = 0;
        for (KnownCredential each : many) {
            String name = each.login().login();
            if (length + name.length() >= LONGEST_DETAIL) {
                trail.noted(by, kind, names.size() + " credentials", String.join(" ", names));
                names.clear();
                length = 0;
            }
            names.add(name);
            length += name.length() + 1;
        }
        trail.changed(by, kind, names.size() + " credentials", String.join(" ", names));
    }
}
