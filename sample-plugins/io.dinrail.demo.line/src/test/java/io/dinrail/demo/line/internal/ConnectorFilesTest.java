package io.dinrail.demo.line.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class ConnectorFilesTest {
    @TempDir
    private Path folder;

    private final List<String> done = new ArrayList<>();

    /** Configuration Admin has some twenty methods; only what is called is written down. */
    private ConfigurationAdmin configurations() {
        ClassLoader loader = getClass().getClassLoader();
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                loader, new Class<?>[] {ConfigurationAdmin.class}, (p, method, in) -> {
                    String pid = in[0] + "~" + in[1];
                    return Proxy.newProxyInstance(
                            loader, new Class<?>[] {Configuration.class}, (q, call, arguments) -> {
                                Object settings =
                                        arguments == null ? "" : ((Dictionary<?, ?>) arguments[0]).get("tags");
                                done.add(call.getName() + " " + pid + " " + settings);
                                return call.getReturnType() == boolean.class ? true : null;
                            });
                });
    }

    @Test
    void aMachineIsConnectedByAConfigurationAndATagsFileAndLeavesNothingBehind() throws IOException {
        Path demo = folder.resolve("demo");
        ConnectorFiles files = new ConnectorFiles(configurations(), demo);
        files.connect(Machine.FILLER, 15_020);
        Path tags = demo.resolve("filler.csv");
        assertThat(Files.readString(tags)).startsWith("device,tag,address").contains("filler-1,setpoint,holding:0");
        files.disconnect(Machine.FILLER);
        assertThat(demo).doesNotExist();
        assertThat(done)
                .containsExactly(
                        "updateIfDifferent io.dinrail.connector.modbus~filler " + tags,
                        "delete io.dinrail.connector.modbus~filler ");
    }

    @Test
    void aTagsFileThatAPersonEditedStays() throws IOException {
        ConnectorFiles files = new ConnectorFiles(configurations(), folder);
        Files.writeString(folder.resolve("labeller.csv"), "device,tag,address\n");
        files.connect(Machine.LABELLER, 14_840);
        assertThat(folder.resolve("labeller.csv")).hasContent("device,tag,address\n");
    }

    @Test
    void everyRowOfATagsFileHasAsManyCellsAsItsHeader() {
        for (Machine machine : Machine.values()) {
            List<String> rows = machine.tags.lines().toList();
            long commas = rows.get(0).chars().filter(c -> c == ',').count();
            assertThat(rows).allMatch(row -> row.chars().filter(c -> c == ',').count() == commas);
        }
    }
}
