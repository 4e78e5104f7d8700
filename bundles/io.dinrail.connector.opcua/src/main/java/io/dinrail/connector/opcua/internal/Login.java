package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Settings;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;

/**
 * Who logs in, as the cfg file says it; files are read when the session is made.
 *
 * @param kind of the user's token.
 * @param username empty unless a password goes with it.
 * @param password as written: the password, or {@code secret:FILE}.
 * @param clear whether the password may go over a channel that others can read.
 * @param certificate file of the user's certificate; empty unless the kind is a certificate.
 * @param key file of its key.
 */
record Login(UserTokenType kind, String username, String password, boolean clear, String certificate, String key) {
    /** @throws SettingException if a setting is refused. */
    static Login of(Settings settings) {
        String auth = settings.choice("auth", "anonymous", Set.of("anonymous", "username", "certificate"));
        boolean clear = settings.choice("password.in.clear", "refuse", Set.of("refuse", "allow"))
                .equals("allow");
        String username = settings.text("username").orElse("");
        String password = settings.text("password").orElse("");
        String certificate = settings.text("user.certificate").orElse("");
        String key = settings.text("user.key").orElse("");
        return switch (auth) {
            case "username" ->
                new Login(
                        UserTokenType.UserName,
                        settings.required("username"),
                        settings.required("password"),
                        clear,
                        "",
                        "");
            case "certificate" ->
                new Login(
                        UserTokenType.Certificate,
                        "",
                        "",
                        clear,
                        settings.required("user.certificate"),
                        settings.required("user.key"));
            default -> anonymous(username, password, certificate, key);
        };
    }

    // whoever writes a password and forgets auth would be somebody else without noticing
    private static Login anonymous(String username, String password, String certificate, String key) {
        if (!(username + password + certificate + key).isEmpty()) {
            throw new SettingException(
                    "auth", "is anonymous, and yet there is a login: write auth = username or auth = certificate");
        }
        return new Login(UserTokenType.Anonymous, "", "", false, "", "");
    }

    @Override
    public String toString() {
        return kind == UserTokenType.UserName ? "username " + username : kind.toString();
    }
}
