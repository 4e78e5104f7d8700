package io.dinrail.itests;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of JSON as one member of what a command prints. */
final class Json {
    private Json() {}

    /** @return a member's text; never shown in a failure, because what a command prints may hold a secret. */
    static String text(String json, String member) {
        Matcher found = Pattern.compile("\"" + member + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new AssertionError("there is no text '" + member + "' in what the command printed");
        }
        return found.group(1);
    }
}
