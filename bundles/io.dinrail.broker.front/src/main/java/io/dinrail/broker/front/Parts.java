package io.dinrail.broker.front;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.ServerKeys;
import java.time.Clock;
import org.osgi.service.event.EventAdmin;

/**
 * What an engine is made of.
 *
 * @param settings what it is told.
 * @param identity decides who is let in and what they may.
 * @param offices know the rest of whom.
 * @param keys for TLS.
 * @param bus hears of devices.
 * @param audience listens inside.
 * @param losses counts.
 * @param clock tells the time.
 */
public record Parts(
        Settings settings,
        Identity identity,
        Offices offices,
        ServerKeys keys,
        EventAdmin bus,
        Audience audience,
        Losses losses,
        Clock clock) {
    /**
     * Puts them together as the platform has them.
     *
     * @param settings what the engine is told.
     * @param identity decides.
     * @param credentials know when they were issued.
     * @param organisations know how strict they are.
     * @param keys for TLS.
     * @param bus hears of devices.
     * @return the parts, with nobody listening yet.
     */
    public static Parts of(
            Settings settings,
            Identity identity,
            Credentials credentials,
            Organisations organisations,
            ServerKeys keys,
            EventAdmin bus) {
        Clock clock = Clock.systemUTC();
        Losses losses = new Losses(clock);
        Offices offices = new Offices(
                login -> credentials.find(login).map(Credential::createdAt),
                id -> organisations
                        .find(id)
                        .filter(Organisation::closesOnRefusedPublish)
                        .isPresent());
        return new Parts(settings, identity, offices, keys, bus, new Audience(losses), losses, clock);
    }
}
