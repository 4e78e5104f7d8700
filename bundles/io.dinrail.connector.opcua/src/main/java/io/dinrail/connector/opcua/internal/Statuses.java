package io.dinrail.connector.opcua.internal;

import io.dinrail.model.api.Quality;
import java.util.Locale;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** What OPC UA's status codes mean here. */
final class Statuses {
    /** Beginnings of the names that say the connection or the session, not the request, is at fault. */
    private static final Set<String> ABOUT_THE_SESSION = Set.of(
            "Bad_Session",
            "Bad_SecureChannel",
            "Bad_Connection",
            "Bad_Tcp",
            "Bad_Timeout",
            "Bad_RequestTimeout",
            "Bad_Server",
            "Bad_Shutdown",
            "Bad_Communication",
            "Bad_NoCommunication",
            "Bad_Disconnect");

    private Statuses() {}

    static Quality quality(StatusCode code) {
        if (code.isGood()) {
            return Quality.GOOD;
        }
        return code.isUncertain() ? Quality.uncertain(name(code)) : Quality.bad(name(code));
    }

    /** @return the code's name such as {@code Bad_NodeIdUnknown}, or its number if it has none. */
    static String name(StatusCode code) {
        return StatusCodes.lookup(code.value())
                .map(found -> found[0])
                .orElseGet(() -> String.format(Locale.ROOT, "0x%08X", code.value()));
    }

    static boolean isAboutTheSession(StatusCode code) {
        String name = name(code);
        return ABOUT_THE_SESSION.stream().anyMatch(name::startsWith);
    }
}
