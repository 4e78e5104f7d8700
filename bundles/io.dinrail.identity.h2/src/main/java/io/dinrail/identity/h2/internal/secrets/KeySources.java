package io.dinrail.identity.h2.internal.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dinrail.identity.h2.internal.secrets.FoundKey.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a master key may stand, in the order of their rank; looked at anew each time. */
final class KeySources {
    static final String FILE = "master.key";
    static final String NEXT_FILE = "master.key.next";
    static final String VARIABLE = "DINRAIL_MASTER_KEY";
    static final String NEXT_VARIABLE = "DINRAIL_MASTER_KEY_NEXT";
    static final String CREDENTIAL = "dinrail.master.key";
    static final String NEXT_CREDENTIAL = "dinrail.master.key.next";
    private static final Logger LOG = LoggerFactory.getLogger(KeySources.class);

    private final Map<String, String> environment;
    private final SecretsFolder folder;

    KeySources(Map<String, String> environment, SecretsFolder folder) {
        this.environment = environment;
        this.folder = folder;
    }

    SecretsFolder folder() {
        return folder;
    }

    /** @return the keys in force, as far as the operator is concerned. */
    List<FoundKey> present() {
        return Stream.of(credential(CREDENTIAL), variable(VARIABLE), file(Kind.FILE, FILE))
                .flatMap(Optional::stream)
                .toList();
    }

    /** @return the key that the operator wants next. */
    Optional<FoundKey> wanted() {
        return credential(NEXT_CREDENTIAL).or(() -> variable(NEXT_VARIABLE));
    }

    /** @return the key of a rotation that was cut short. */
    Optional<FoundKey> unfinished() {
        return file(Kind.NEXT_FILE, NEXT_FILE);
    }

    private Optional<FoundKey> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(value -> new FoundKey(Kind.ENVIRONMENT, "environment variable " + name, MasterKey.parse(value)));
    }

    private Optional<FoundKey> credential(String name) {
        return Optional.ofNullable(environment.get("CREDENTIALS_DIRECTORY"))
                .filter(value -> !value.isBlank())
                .map(value -> Path.of(value, name))
                .filter(Files::exists)
                .map(path -> new FoundKey(Kind.CREDENTIAL, "systemd credential " + name, read(path)));
    }

    private Optional<FoundKey> file(Kind kind, String name) {
        if (!folder.holds(name)) {
            return Optional.empty();
        }
        String place = folder.file(name).toString();
        try {
            return Optional.of(new FoundKey(kind, place, MasterKey.parse(folder.read(name))));
        } catch (SecretsException e) {
            LOG.error("{}", e.getMessage());
            return Optional.of(new FoundKey(kind, place, Optional.empty()));
        }
    }

    private static Optional<MasterKey> read(Path path) {
        try {
            return MasterKey.parse(Files.readString(path, US_ASCII));
        } catch (IOException e) {
            LOG.error("{} can't be read: {}", path, e.toString());
            return Optional.empty();
        }
    }
}
