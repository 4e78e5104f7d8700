package io.dinrail.command.router.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import io.dinrail.command.api.CommandException;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.time.Duration;

/** What comes with a command from outside, checked and brought into form. */
final class Texts {
    private static final int LARGEST = 64 * 1024;
    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    private Texts() {}

    static void checkType(String type) throws CommandException {
        if (!type.matches("[A-Za-z0-9._-]{1,64}")) {
            throw refused("type: 1 to 64 of A-Z a-z 0-9 . _ -");
        }
    }

    static void checkSender(String by) throws CommandException {
        if (by.isBlank() || by.length() > 128 || by.chars().anyMatch(Character::isISOControl)) {
            throw refused("sender: 1 to 128 characters, none of them a control character");
        }
    }

    static void checkExpiry(Duration expires) throws CommandException {
        if (expires.isZero() || expires.isNegative() || expires.compareTo(LONGEST_WAIT) > 0) {
            throw refused("expires: must be above zero and at most 30 days");
        }
    }

    /** Reads parameters and writes them anew, on one line. */
    static String params(String text) throws CommandException {
        if (isTooLarge(text)) {
            throw refused("params: at most 64 KiB");
        }
        try {
            String normal = Json.write(new TagValue.Structure(Json.readObject(text)));
            if (isTooLarge(normal)) {
                throw refused("params: at most 64 KiB");
            }
            return normal;
        } catch (JsonException e) {
            throw refused("params: " + requireNonNullElse(e.getMessage(), "no JSON"));
        }
    }

    /** A result is kept as it came if it is JSON that is not too large, and otherwise so that JSON stands in its place. */
    static String result(String text) {
        if (text.isBlank() || text.strip().equals("null")) {
            return "";
        }
        if (isTooLarge(text)) {
            return reason("a result of " + text.length() + " characters is too large and was not kept");
        }
        try {
            Json.read(text);
            return text;
        } catch (JsonException e) {
            return new JsonObject().put("text", text).toString();
        }
    }

    static String reason(String sentence) {
        return new JsonObject().put("reason", sentence).toString();
    }

    private static boolean isTooLarge(String text) {
        return text.length() > LARGEST || text.getBytes(UTF_8).length > LARGEST;
    }

    private static CommandException refused(String message) {
        return new CommandException(CommandException.Reason.REFUSED, message);
    }
}
