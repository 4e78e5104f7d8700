package io.dinrail.shell.internal;

import io.dinrail.device.api.Device;
import io.dinrail.json.api.JsonObject;

/** A device as JSON. */
final class DeviceJson {
    private DeviceJson() {}

    static JsonObject of(Device device) {
        return new JsonObject()
                .put("id", device.id().value())
                .putOrNull("fleet", Shown.text(device.fleet()))
                .putOrNull("gateway", Shown.text(device.gateway()))
                .putOrNull("type", Shown.text(device.type()))
                .putOrNull("site", Shown.text(device.site()))
                .put("addedAt", device.addedAt())
                .put("online", device.online());
    }
}
