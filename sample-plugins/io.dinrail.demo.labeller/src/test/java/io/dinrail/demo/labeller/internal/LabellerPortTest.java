package io.dinrail.demo.labeller.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LabellerPortTest {
    private final LabellerProcess process = new LabellerProcess();

    @Test
    void aPortInUseFailsAndIsFreeAgainAfterwardsAndNoThreadIsLeft() throws Exception {
        LabellerServer server = LabellerServer.listen(process, 0);
        assertThatThrownBy(() -> LabellerServer.listen(process, server.port())).isInstanceOf(IOException.class);
        server.close();
        LabellerServer.listen(process, server.port()).close();
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("dinrail-demo-labeller")));
    }

    @Test
    void thePropertyWinsOverTheConfigurationAndNonsenseIsNamed() {
        assertThat(Labeller.port(null, 14840)).isEqualTo(14840);
        assertThat(Labeller.port("0", 14840)).isZero();
        assertThatThrownBy(() -> Labeller.port("70000", 14840)).hasMessageContaining("DINRAIL_DEMO_OPCUA_PORT");
    }
}
