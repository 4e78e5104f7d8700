package io.dinrail.identity.h2.internal;

import static io.dinrail.identity.api.CredentialException.Reason.REFUSED;

import io.dinrail.identity.api.CredentialException;
import io.dinrail.identity.api.Credentials;
import io.dinrail.model.api.DeviceId;
import java.util.List;
import java.util.Set;

/** What somebody asks a credential for, checked and with the defaults filled in. */
record CredentialRequest(String name, String ruleSet, List<String> clientIds) {
    private static final int LONGEST = 128;
    private static final int MOST = 32;
    /** They stand for the platform itself where a sender is named. */
    private static final Set<String> RESERVED = Set.of("server", "system");

    static CredentialRequest checked(String name, String ruleSet, List<String> clientIds) throws CredentialException {
        checkName(name);
        if (RuleSet.named(ruleSet).isEmpty()) {
            throw new CredentialException(
                    REFUSED, "the rule set is unknown: use " + Credentials.DEVICE + " or " + Credentials.BACKEND);
        }
        if (clientIds.size() > MOST || !clientIds.stream().allMatch(CredentialRequest::isPattern)) {
            throw new CredentialException(
                    REFUSED,
                    "the client ids are refused: at most " + MOST + ", each 1 to " + LONGEST
                            + " characters without control characters, with * only at the end");
        }
        return new CredentialRequest(name, ruleSet, clientIds.isEmpty() ? usual(name, ruleSet) : clientIds);
    }

    private static void checkName(String name) throws CredentialException {
        try {
            new DeviceId(name);
        } catch (IllegalArgumentException e) {
            throw new CredentialException(REFUSED, "the credential's name is refused: " + e.getMessage());
        }
        if (RESERVED.contains(name)) {
            throw new CredentialException(REFUSED, "the name " + name + " stands for the platform: choose another");
        }
    }

    private static List<String> usual(String name, String ruleSet) {
        return ruleSet.equals(Credentials.BACKEND) ? List.of(name, name + "-*") : List.of(name);
    }

    private static boolean isPattern(String text) {
        int star = text.indexOf('*');
        return !text.isEmpty()
                && text.length() <= LONGEST
                && (star < 0 || star == text.length() - 1)
                && text.chars().noneMatch(Character::isISOControl);
    }
}
