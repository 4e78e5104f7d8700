package io.dinrail.connector.opcua.internal;

import io.dinrail.model.api.Quality;
import java.util.Locale;
import java.util.Map;
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

    /** OPC 10000-4, 7.39: the info type says "data value", and the overflow bit is set. */
    private static final long OVERFLOW = 0x480;

    private static final Map<String, Long> TOO_LARGE = Map.of(
            "Bad_ResponseTooLarge", StatusCodes.Bad_ResponseTooLarge,
            "Bad_RequestTooLarge", StatusCodes.Bad_RequestTooLarge,
            "Bad_EncodingLimitsExceeded", StatusCodes.Bad_EncodingLimitsExceeded,
            "Bad_TooManyOperations", StatusCodes.Bad_TooManyOperations);

    private Statuses() {}

    static Quality quality(StatusCode code) {
        if (code.isGood()) {
            return Quality.GOOD;
        }
        return code.isUncertain() ? Quality.uncertain(name(code)) : Quality.bad(name(code));
    }

    /** @return the code's name such as {@code Bad_NodeIdUnknown}, or its number if it has none. */
    static String name(StatusCode code) {
        return name(code.value());
    }

    /** @return the same of a bare number. */
    static String name(long code) {
        return StatusCodes.lookup(code)
                .map(found -> found[0])
                .orElseGet(() -> String.format(Locale.ROOT, "0x%08X", code));
    }

    /** @return whether values before this one were dropped, for the queue of the item was full. */
    static boolean isOverflow(StatusCode code) {
        return (code.value() & OVERFLOW) == OVERFLOW;
    }

    /** @return whether a request with this outcome may pass in parts. */
    static boolean isAboutTheSize(String name) {
        return TOO_LARGE.containsKey(name);
    }

    /** @return the code of a name. */
    static long code(String name) {
        return TOO_LARGE.getOrDefault(name, StatusCodes.Bad_UnexpectedError);
    }

    static boolean isAboutTheSession(StatusCode code) {
        String name = name(code);
        return ABOUT_THE_SESSION.stream().anyMatch(name::startsWith);
    }
}
