package io.dinrail.device.h2.internal;

import static io.dinrail.device.api.DeviceException.Reason.REFUSED;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceException;
import java.util.Optional;

/** What a device may be given. */
final class DeviceChecks {
    private static final int LONGEST = 128;

    private DeviceChecks() {}

    static void check(Device device) throws DeviceException {
        checkText("fleet", device.fleet());
        checkText("type", device.type());
        checkText("site", device.site());
        if (device.gateway().filter(device.id()::equals).isPresent()) {
            throw new DeviceException(
                    REFUSED, "device " + device.id() + " can't be its own gateway: name another device");
        }
    }

    private static void checkText(String what, Optional<String> text) throws DeviceException {
        boolean allowed = text.filter(given -> given.isEmpty()
                        || given.length() > LONGEST
                        || given.chars().anyMatch(Character::isISOControl))
                .isEmpty();
        if (!allowed) {
            throw new DeviceException(
                    REFUSED,
                    "the " + what + " is refused: give 1 to " + LONGEST
                            + " characters, none of them a control character");
        }
    }
}
