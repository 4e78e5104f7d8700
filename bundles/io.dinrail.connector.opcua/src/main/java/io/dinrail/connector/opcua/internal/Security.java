package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Settings;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;

/**
 * How the channel is protected; nothing weaker is ever agreed on.
 *
 * @param policy the algorithms.
 * @param mode signed, encrypted too, or neither.
 */
record Security(SecurityPolicy policy, MessageSecurityMode mode) {
    // the two older policies of the library are broken (SHA-1)
    private static final Set<String> POLICIES =
            Set.of("None", "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss");
    private static final Set<String> MODES = Set.of("None", "Sign", "SignAndEncrypt");

    /** @throws SettingException if a setting is refused. */
    static Security of(Settings settings) {
        SecurityPolicy policy =
                SecurityPolicy.valueOf(settings.choice("security.policy", SecurityPolicy.None.name(), POLICIES));
        String strongest = policy == SecurityPolicy.None ? "None" : "SignAndEncrypt";
        MessageSecurityMode mode = MessageSecurityMode.valueOf(settings.choice("security.mode", strongest, MODES));
        if ((policy == SecurityPolicy.None) != (mode == MessageSecurityMode.None)) {
            throw new SettingException(
                    "security.mode",
                    "'" + mode + "' doesn't go with the security.policy '" + policy + "': both are None, or neither");
        }
        return new Security(policy, mode);
    }

    boolean isNone() {
        return policy == SecurityPolicy.None;
    }

    boolean encrypts() {
        return mode == MessageSecurityMode.SignAndEncrypt;
    }

    boolean fits(EndpointDescription endpoint) {
        return policy.getUri().equals(endpoint.getSecurityPolicyUri()) && mode == endpoint.getSecurityMode();
    }

    @Override
    public String toString() {
        return policy + "/" + mode;
    }
}
