package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CfgSourceTest {
    @TempDir
    Path etc;

    private static CfgSource of(String pid, Map<String, Object> values) {
        return CfgSource.of(pid, new Hashtable<>(values));
    }

    @ParameterizedTest
    @CsvSource({
        "io.dinrail.connector.modbus~filler, filler",
        "io.dinrail.connector.modbus~line-1.filler, line-1.filler",
        "io.dinrail.connector.modbus-filler, filler",
        "io.dinrail.connector.modbus.0f1e, 0f1e",
    })
    void theNameStandsInThePid(String pid, String name) {
        assertThat(of(pid, Map.of()).name()).isEqualTo(name);
    }

    @Test
    void keysOfTheFrameworksAreNotTheConnectors() {
        CfgSource cfg = of(
                "x~y",
                Map.of(
                        "service.pid", "x~y",
                        "service.factoryPid", "x",
                        "felix.fileinstall.filename", "file:/etc/x~y.cfg",
                        "component.name", "z",
                        "port", 502,
                        "hosts", new String[] {"a", "b"}));
        assertThat(cfg.values()).isEqualTo(Map.of("port", "502", "hosts", "a,b"));
    }

    @Test
    void aKeyIsNamedWithItsLineOrWithWhatIsKnown() throws Exception {
        Path file = etc.resolve("io.dinrail.connector.modbus~filler.cfg");
        Files.writeString(file, "# port = 1\nhost=a\n  port : abc\n");
        CfgSource cfg = of("io.dinrail.connector.modbus~filler", Map.of("felix.fileinstall.filename", file.toUri()));
        String shown = etc.getFileName() + "/io.dinrail.connector.modbus~filler.cfg";
        assertThat(cfg.place("port")).isEqualTo(shown + ", line 3, key port");
        assertThat(cfg.place("unit")).isEqualTo(shown + ", key unit");
        assertThat(of("a.b~c", Map.of()).place("port")).isEqualTo("configuration a.b~c, key port");
    }

    @ParameterizedTest
    @CsvSource({
        "io.dinrail.connector.modbus~filler, , modbus",
        "io.dinrail.connector.modbus.0f1e, io.dinrail.connector.modbus, modbus",
        "io.dinrail.connector.modbus~filler, io.dinrail.connector.modbus, modbus",
        "io.dinrail.connector.modbus, , ''",
        "io.dinrail.connector.~x, , ''",
        "io.dinrail.connector.modbus~press.0f1e, io.dinrail.connector.modbus~press, modbus",
    })
    void theTypeStandsInTheFactorysPidOrBeforeTheTilde(String pid, String factoryPid, String type) {
        assertThat(CfgSource.type(pid, factoryPid).orElse("")).isEqualTo(type);
    }

    @Test
    void aNameWithAHyphenIsTheFilesAlthoughTheFileInstallerSplitsItThere() {
        String file = "file:/etc/io.dinrail.connector.modbus~press-1.north.cfg";
        assertThat(of("io.dinrail.connector.modbus~press.0f1e", Map.of("felix.fileinstall.filename", file))
                        .name())
                .isEqualTo("press-1.north");
    }

    @Test
    void aFactorysInstanceWithARandomPidIsNamedByItsFile() {
        String file = "file:/etc/io.dinrail.connector.modbus-filler.cfg";
        assertThat(of("io.dinrail.connector.modbus.0f1e", Map.of("felix.fileinstall.filename", file))
                        .name())
                .isEqualTo("filler");
    }
}
