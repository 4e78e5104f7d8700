package io.dinrail.identity.h2.internal.audit;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Counts failures by name and address, and by address alone; never by name alone, because then anybody could keep a name out from anywhere. Time is the
 * machine's own, not the clock's.
 */
@Component(immediate = true, configurationPid = "io.dinrail.identity")
public final class FailureThrottle implements LoginThrottle {
    static final int ENTRIES = 50_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final Failures ofNames;
    private final Failures ofAddresses;
    private final KnownPlaces known;

    @Activate
    public FailureThrottle(AuditConfig config) {
        this(
                checked("login.failures.per.name", config.login_failures_per_name(), 3, 1_000),
                checked("login.failures.per.address", config.login_failures_per_address(), 10, 100_000),
                System::nanoTime);
    }

    FailureThrottle(int perName, int perAddress, LongSupplier nanos) {
        ofNames = new Failures(perName, FIVE_MINUTES, FIVE_MINUTES, ENTRIES, nanos);
        ofAddresses = new Failures(perAddress, MINUTE, Duration.ZERO, ENTRIES, nanos);
        known = new KnownPlaces(nanos);
    }

    private static int checked(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + ": " + value + " is not from " + least + " to " + most);
        }
        return value;
    }

    @Override
    public boolean mayTry(String login, String address) {
        String block = AddressBlock.of(address);
        if (ofAddresses.areTooMany(block) && !known.knows(login, block)) {
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
        known.add(login, AddressBlock.of(address));
    }

    private static Fingerprint pair(String login, String address) {
        return Fingerprint.of(login, address);
    }
}
