package io.dinrail.southbound.internal;

import java.io.IOException;
import java.lang.reflect.Array;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One configuration of one instance.
 *
 * @param pid its PID.
 * @param name the instance's name.
 * @param values the connector's keys and the host's; those of the frameworks are left out.
 * @param file where it was read from, for messages.
 */
record CfgSource(String pid, String name, Map<String, String> values, Optional<Path> file) {
    static final String PREFIX = "io.dinrail.connector.";
    private static final String FILE = "felix.fileinstall.filename";
    private static final Pattern OF_OTHERS = Pattern.compile("(service|felix\\.fileinstall|component)\\..*");

    CfgSource {
        values = Map.copyOf(values);
    }

    static CfgSource of(String pid, Dictionary<String, ?> properties) {
        Map<String, String> values = new TreeMap<>();
        for (String key : Collections.list(properties.keys())) {
            if (!OF_OTHERS.matcher(key).matches()) {
                values.put(key, text(properties.get(key)));
            }
        }
        Optional<Path> file = file(properties.get(FILE));
        return new CfgSource(pid, name(pid, file), values, file);
    }

    /** @return the connector's type that a configuration is for; empty if it is for none. */
    static Optional<String> type(String pid, @Nullable String factoryPid) {
        String whole = upToTilde(factoryPid == null ? pid.substring(0, Math.max(0, pid.indexOf('~'))) : factoryPid);
        return whole.startsWith(PREFIX) && whole.length() > PREFIX.length()
                ? Optional.of(whole.substring(PREFIX.length()))
                : Optional.empty();
    }

    /** Says whether nothing that matters differs. */
    boolean sameAs(CfgSource other) {
        return values.equals(other.values);
    }

    /** Says where a key stands, such as {@code etc/io.dinrail.connector.modbus~filler.cfg, line 3, key port}. */
    String place(String key) {
        String where = file.map(path -> Shown.file(path) + line(path, key)).orElse("configuration " + pid);
        return where + ", key " + key;
    }

    private static String upToTilde(String pid) {
        return pid.indexOf('~') < 0 ? pid : pid.substring(0, pid.indexOf('~'));
    }

    private static String name(String pid, Optional<Path> file) {
        Optional<String> own = file.map(path -> String.valueOf(path.getFileName()))
                .filter(name -> name.startsWith(PREFIX) && name.lastIndexOf('.') > name.indexOf('~') + 1)
                .filter(name -> name.indexOf('~') > 0)
                .map(name -> name.substring(name.indexOf('~') + 1, name.lastIndexOf('.')));
        // Karaf's file installer takes a hyphen for the end of a factory's name, in press-1 as well: the file has the
        // whole name
        return own.orElseGet(() -> nameOfPid(pid, file));
    }

    private static String nameOfPid(String pid, Optional<Path> file) {
        int tilde = pid.indexOf('~');
        if (tilde >= 0) {
            return pid.substring(tilde + 1);
        }
        // a factory's instance made from modbus-filler.cfg has a random PID: the file has the name
        return file.map(path -> String.valueOf(path.getFileName()))
                .filter(name ->
                        name.startsWith(PREFIX) && name.indexOf('-') > 0 && name.indexOf('.', name.indexOf('-')) > 0)
                .map(name -> name.substring(name.indexOf('-') + 1, name.lastIndexOf('.')))
                .orElseGet(() -> pid.substring(Math.max(pid.lastIndexOf('.'), pid.lastIndexOf('-')) + 1));
    }

    private static String text(Object value) {
        if (!value.getClass().isArray()) {
            return String.valueOf(value);
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            parts.add(String.valueOf(Array.get(value, i)));
        }
        return String.join(",", parts);
    }

    private static Optional<Path> file(@Nullable Object name) {
        try {
            return Optional.ofNullable(name).map(uri -> Path.of(URI.create(uri.toString())));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no file of this machine: messages name the PID
        }
    }

    private static String line(Path file, String key) {
        Pattern setting = Pattern.compile("\\s*\"?" + Pattern.quote(key) + "\"?\\s*[=:\\s].*");
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (setting.matcher(lines.get(i)).matches()) {
                    return ", line " + (i + 1);
                }
            }
        } catch (IOException e) {
            // the file is gone or no text: the key alone has to do
        }
        return "";
    }
}
