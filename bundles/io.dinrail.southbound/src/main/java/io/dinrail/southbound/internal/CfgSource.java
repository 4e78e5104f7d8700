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

/**
 * One configuration of one instance.
 *
 * @param pid its PID.
 * @param name the instance's name.
 * @param values the connector's keys and the host's; those of the frameworks are left out.
 * @param file where it was read from, for messages.
 */
record CfgSource(String pid, String name, Map<String, String> values, Optional<Path> file) {
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
        return new CfgSource(pid, name(pid), values, file(properties.get(FILE)));
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

    private static String name(String pid) {
        int tilde = pid.indexOf('~');
        int before = tilde >= 0 ? tilde : Math.max(pid.lastIndexOf('.'), pid.lastIndexOf('-'));
        return pid.substring(before + 1);
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

    private static Optional<Path> file(@org.jspecify.annotations.Nullable Object name) {
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
