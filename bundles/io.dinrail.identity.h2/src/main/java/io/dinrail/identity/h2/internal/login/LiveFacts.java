package io.dinrail.identity.h2.internal.login;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.rules.Facts;
import io.dinrail.model.api.DeviceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one connection now.
 *
 * @param attributes of the device register.
 * @param claims of its token.
 */
record LiveFacts(
        String name,
        String organisation,
        String clientId,
        Map<String, List<String>> attributes,
        Map<String, List<String>> claims)
        implements Facts {

    static LiveFacts of(Proof.Proven proven, String clientId, Map<String, List<String>> attributes) {
        Principal principal = proven.principal();
        return new LiveFacts(principal.name(), principal.organisation(), clientId, attributes, proven.claims());
    }

    /** @return whether the register may know it: the register holds the default organisation's devices only. */
    static boolean isRegistered(Principal principal) {
        return principal.isDevice() && principal.organisation().equals(Organisation.DEFAULT);
    }

    static Map<String, List<String>> attributes(Principal principal, DeviceRegister register) {
        return deviceId(principal)
                .map(id -> attributes(id, principal, register))
                .orElse(Map.of());
    }

    private static Map<String, List<String>> attributes(DeviceId id, Principal principal, DeviceRegister register) {
        Map<String, List<String>> found = new HashMap<>();
        register.find(id).ifPresent(device -> describe(device, found));
        if (principal.kind() == Principal.Kind.GATEWAY) {
            List<String> children =
                    register.behind(id).stream().map(DeviceId::value).toList();
            if (!children.isEmpty()) {
                found.put("child", children);
            }
        }
        return Map.copyOf(found);
    }

    private static void describe(Device device, Map<String, List<String>> found) {
        device.fleet().ifPresent(fleet -> found.put("fleet", List.of(fleet)));
        device.gateway().ifPresent(gateway -> found.put("gateway", List.of(gateway.value())));
        device.site().ifPresent(site -> found.put("site", List.of(site)));
    }

    private static Optional<DeviceId> deviceId(Principal principal) {
        try {
            return isRegistered(principal) ? Optional.of(new DeviceId(principal.name())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no device is called that
        }
    }

    @Override
    public List<String> attribute(String variable) {
        return attributes.getOrDefault(variable, List.of());
    }

    @Override
    public List<String> claim(String claim) {
        return claims.getOrDefault(claim, List.of());
    }
}
