package io.dinrail.identity.h2.internal.audit;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failures by name and address, and by address alone; never by name alone, because then anybody could keep a name out from anywhere. Time is the
 * machine's own, not the clock's.
 */
@Component(immediate = true, configurationPid = "io.dinrail.identity")
public final class FailureThrottle implements LoginThrottle {
    private static final Logger LOG = LoggerFactory.getLogger(FailureThrottle.class);
    private static final int ENTRIES = 50_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final Failures ofNames;
    private final Failures ofAddresses;
    private final KnownPlaces known;

    @Activate
    public FailureThrottle(AuditConfig config) {
        this(perName(config), perAddress(config), System::nanoTime);
    }

    FailureThrottle(int perName, int perAddress, LongSupplier nanos) {
        ofNames = new Failures(perName, FIVE_MINUTES, FIVE_MINUTES, ENTRIES, nanos);
        ofAddresses = new Failures(perAddress, MINUTE, Duration.ZERO, ENTRIES, nanos);
        known = new KnownPlaces(nanos);
    }

    /** Takes new limits without a restart, which would forget the failures and restart everything that asks. */
    @Modified
    void changed(AuditConfig config) {
        try {
            int perName = perName(config);
            ofAddresses.limit(perAddress(config));
            ofNames.limit(perName);
        } catch (IllegalArgumentException e) {
            LOG.error("the limits of before stay: {}", e.getMessage());
        }
    }

    private static int perName(AuditConfig config) {
        return checked("login.failures.per.name", config.login_failures_per_name(), 3, 1_000);
    }

    private static int perAddress(AuditConfig config) {
        return checked("login.failures.per.address", config.login_failures_per_address(), 10, 100_000);
    }

    private static int checked(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + ": " + value + " is not from " + least + " to " + most);
        }
        return value;
    }

    @Override
    public boolean mayTry(String login, String address) {
        // Known is an address, not its block: who has many addresses could guess at a known name from each of them.
        if (ofAddresses.areTooMany(AddressBlock.of(address)) && !known.knows(login, address)) {
            return false;
        }
        return !ofNames.areTooMany(pair(login, address));
    }

    @Override
    public void failed(String login, String address) {
        ofNames.add(pair(login, address));
        ofAddresses.add(AddressBlock.of(address));
    }

    @Override
    public void succeeded(String login, String address) {
        ofNames.forget(pair(login, address));
        known.add(login, address);
    }

    private static Fingerprint pair(String login, String address) {
        return Fingerprint.of(login, address);
    }
}
