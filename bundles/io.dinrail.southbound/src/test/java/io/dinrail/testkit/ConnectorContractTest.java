package io.dinrail.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.connector.api.ConnectorType;
import io.dinrail.southbound.line.LeakingLineTypes;
import io.dinrail.southbound.line.LineConnectorType;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract finds out what it is there for. */
class ConnectorContractTest {
    @TempDir
    Path folder;

    @AfterEach
    void release() {
        Library.release();
    }

    @Test
    void aConnectorWhoseClassesALibraryHoldsAfterItsEndFailsTheContract() {
        assertThatThrownBy(() -> restarts(LeakingLineTypes.OfItsClasses.class, Duration.ofSeconds(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no class loader");
    }

    @Test
    void aConnectorThatLeavesAThreadFailsTheContract() {
        assertThatThrownBy(() -> restarts(LeakingLineTypes.OfAThread.class, Duration.ofSeconds(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no thread more")
                .hasMessageContaining("leaked");
    }

    @Test
    void oneThatLeavesNothingPasses() {
        assertThatCode(() -> restarts(LineConnectorType.class, Duration.ofSeconds(30)))
                .doesNotThrowAnyException();
    }

    private void restarts(Class<? extends ConnectorType> type, Duration patience) throws Exception {
        ConnectorContract contract = LeakingLineTypes.contract(type, patience);
        contract.folder = folder;
        contract.beginContract();
        try {
            contract.fiftyRestartsLeaveNoThreadNoConnectionAndNoClassLoader();
        } finally {
            contract.endContract();
        }
    }
}
