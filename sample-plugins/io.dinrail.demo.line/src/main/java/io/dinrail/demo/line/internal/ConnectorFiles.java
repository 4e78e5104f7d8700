package io.dinrail.demo.line.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The connectors' configurations and tags files. They are made through Configuration Admin and in the data folder, not in {@code etc/}, because several
 * instances may share one {@code etc/}.
 */
final class ConnectorFiles {
    private final ConfigurationAdmin configurations;
    private final Path folder;

    ConnectorFiles(ConfigurationAdmin configurations, Path folder) {
        this.configurations = configurations;
        this.folder = folder;
    }

    /** Makes or changes a machine's connector; changes nothing where it is so already. */
    void connect(Machine machine, int port) throws IOException {
        Files.createDirectories(folder);
        Path tags = tags(machine);
        if (!Files.exists(tags)) { // a person may have edited it
            Files.writeString(tags, machine.tags);
        }
        Dictionary<String, Object> settings = new Hashtable<>(Map.copyOf(machine.settings(port)));
        settings.put("tags", tags.toString());
        configuration(machine).updateIfDifferent(settings);
    }

    /** Leaves nothing behind. */
    void disconnect(Machine machine) throws IOException {
        configuration(machine).delete();
        Files.deleteIfExists(tags(machine));
        String[] rest = folder.toFile().list();
        if (rest != null && rest.length == 0) {
            Files.delete(folder);
        }
    }

    private Configuration configuration(Machine machine) throws IOException {
        return configurations.getFactoryConfiguration("io.dinrail.connector." + machine.type, machine.connector(), "?");
    }

    private Path tags(Machine machine) {
        return folder.resolve(machine.connector() + ".csv");
    }
}
