package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Role;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The distribution's files for Karaf's access control say what the commands say. */
class AccessControlTest {
    private static final Path ETC =
            Path.of("").toAbsolutePath().getParent().getParent().resolve("karaf-distribution/src/main/resources/etc");

    @Test
    void theFileNamesEachCommandWithItsRoleAndThoseAboveIt() throws IOException {
        Map<String, String> wanted = new TreeMap<>();
        wanted.put("*", "admin");
        Commands.forms()
                .forEach(form -> wanted.put(
                        form.command().name(), Caller.namesFrom(form.least()).collect(Collectors.joining(", "))));

        assertThat(rules("dinrail")).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "status,VIEWER",
        "tag-list,VIEWER",
        "credential-list,VIEWER",
        "acl-explain,VIEWER",
        "alert-ack,OPERATOR",
        "command-send,OPERATOR",
        "tag-write,OPERATOR",
        "connector-stop,ENGINEER",
        "rule-add,ENGINEER",
        "device-change,ENGINEER",
        "credential-issue,ADMIN",
        "acl-import,ADMIN",
        "key-create,ADMIN",
        "token-mint,ADMIN",
        "person-role,ADMIN",
        "organisation-disable,ADMIN",
        "ca-trust,ADMIN",
        "audit-list,ADMIN",
        "backup-create,ADMIN",
        "session-kick,ADMIN"
    })
    void eachKindOfCommandNeedsItsRole(String name, Role least) {
        assertThat(Commands.forms())
                .filteredOn(form -> form.command().name().equals(name))
                .extracting(Form::least)
                .containsExactly(least);
    }

    @ParameterizedTest
    @CsvSource({"bundle", "config", "feature", "jaas", "system", "shell"})
    void whatIsNotNamedIsForAdmins(String scope) throws IOException {
        assertThat(rules(scope)).containsEntry("*", "admin");
        assertThat(property("system.properties", "karaf.secured.command.compulsory.roles"))
                .isEqualTo("admin");
    }

    private static Map<String, String> rules(String scope) throws IOException {
        Map<String, String> rules = new TreeMap<>();
        load("org.apache.karaf.command.acl." + scope + ".cfg")
                .forEach((name, roles) -> rules.put(name.toString(), roles.toString()));
        return rules;
    }

    private static String property(String file, String name) throws IOException {
        return load(file).getProperty(name);
    }

    private static Properties load(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(ETC.resolve(file))) {
            properties.load(reader);
        }
        return properties;
    }
}
