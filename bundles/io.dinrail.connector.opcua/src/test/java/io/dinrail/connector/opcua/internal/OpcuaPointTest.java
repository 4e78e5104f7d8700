package io.dinrail.connector.opcua.internal;

import static io.dinrail.connector.opcua.internal.Rows.point;
import static io.dinrail.connector.opcua.internal.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.connector.api.SettingException;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpcuaPointTest {
    private final NamespaceTable namespaces = new NamespaceTable();

    @Test
    void aNodeIsNamedByIndexOrByTheUriOfItsNamespace() {
        namespaces.add("urn:a");
        namespaces.add("http://vendor.example/UA/");
        assertThat(point("i=2258").resolve(namespaces)).contains(new NodeId(0, 2258));
        assertThat(point("ns=2;s=Line1.Temp").resolve(namespaces)).contains(new NodeId(2, "Line1.Temp"));
        assertThat(point("nsu=http://vendor.example/UA/;s=Line1.Temp").resolve(namespaces))
                .contains(new NodeId(2, "Line1.Temp"));
        assertThat(point("nsu=urn:elsewhere;s=Line1.Temp").resolve(namespaces)).isEmpty();
    }

    @Test
    void twoEqualRowsGiveEqualPoints() {
        assertThat(point("ns=2;s=A")).isEqualTo(point("ns=2;s=A"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Line1.Temp", "ns=x;s=A", "ns=2", "ns=2;q=A", "ns=99999;i=1", "svr=1;i=2258", "i=abc"})
    void whatIsNoNodeIdIsRefused(String address) {
        assertThatThrownBy(() -> point(address))
                .hasMessageContaining("is no NodeId")
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo("address"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "float64", "Double", "LocalizedText", "bytes"})
    void aTypeOfThePlatformOrOfOpcUaIsTaken(String type) {
        assertThat(OpcuaPoint.of(row("i=1", type))).isNotNull();
    }

    @Test
    void anotherTypeIsRefused() {
        assertThatThrownBy(() -> OpcuaPoint.of(row("i=1", "word")))
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo("type"));
    }
}
