package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.login.LiveAccesses;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The office with all around it that it needs, and what it told them. */
final class TestOffice implements LiveAccesses, Trail {
    static final Actor ADMIN = new Actor("admin", "ssh 127.0.0.1");
    static final String OTHER = "org_k7xm4pqr2n5t";

    final List<String> ended = new ArrayList<>();
    final List<String> trail = new ArrayList<>();
    final KnownCredentials credentials = new KnownCredentials();
    final OwnAuthority authority;
    final ClientTrust trust;
    final CertificateOffice office;

    TestOffice(DataSource store, OwnAuthority authority, Clock clock) {
        this.authority = authority;
        trust = new ClientTrust(authority, clock);
        for (String login : List.of("press-1", "press-1@" + OTHER, "press-2")) {
            credentials.add(login, Instant.EPOCH);
        }
        office = new CertificateOffice(
                store,
                authority,
                trust,
                credentials,
                new KnownOrganisations(List.of("default", OTHER)),
                this,
                this,
                clock);
    }

    @Override
    public void end(String root, End why) {
        ended.add(root + " " + why);
    }

    @Override
    public void changed(String root) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void noted(Actor by, String kind, String subject, String detail) {
        changed(by, kind, subject, detail);
    }

    @Override
    public void changed(Actor by, String kind, String subject, String detail) {
        trail.add(by.name() + " " + kind + " " + subject);
    }

    @Override
    public void refused(String login, String address, String why) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void denied(String login, String clientId, String address, Action action, String topic) {
        throw new UnsupportedOperationException();
    }
}
