package io.dinrail.connector.opcua.internal;

import static io.dinrail.connector.opcua.internal.Rows.point;

import com.sun.management.OperatingSystemMXBean;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.connector.api.Subscribed;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Measures what docs/performance.md shows of OPC UA; run by itests/measure-opcua, and by no build. */
class SubscriptionBench {
    private static final int VALUES = 5_000;
    private static final int ROUNDS = 5;
    private static final int SECONDS = 10;

    @Test
    void fiftyThousandValuesASecond() throws Exception {
        int port = TestServer.freePort();
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BenchServer.class.getName(),
                        Integer.toString(port),
                        Integer.toString(VALUES))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Platform platform = Rows.platform()) {
            while (server.getInputStream().read() != '\n') {
                // "ready"
            }
            measure(platform, "opc.tcp://127.0.0.1:" + port);
        } finally {
            server.destroy();
        }
    }

    private static void measure(Platform platform, String endpoint) throws Exception {
        LongAdder count = new LongAdder();
        OpcuaConnector connector =
                Rows.connector(platform, "endpoint", endpoint, "publishing.interval", "200ms", "timeout", "10s");
        List<Subscribed<OpcuaPoint>> points = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            points.add(new Subscribed<>(
                    point("nsu=" + BenchServer.NAMESPACE + ";s=Value" + i),
                    Duration.ofMillis(1000 / BenchServer.PER_SECOND)));
        }
        connector.open();
        connector.subscribe(points, new SampleSink<>() {
            @Override
            public void report(List<Report<OpcuaPoint>> reports) {
                count.add(reports.size());
            }

            @Override
            public void lost(String reason) {
                throw new IllegalStateException(reason);
            }
        });
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int round = 0; round < ROUNDS; round++) {
            long values = count.sum();
            long cpu = system.getProcessCpuTime();
            long start = System.nanoTime();
            boolean unused = new CountDownLatch(1).await(SECONDS, TimeUnit.SECONDS);
            double taken = count.sum() - values;
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %,.0f values a second, %.2f us of CPU each, %.1f %% of one core; lost: %s%n",
                    round + 1,
                    taken / ((System.nanoTime() - start) / 1e9),
                    (system.getProcessCpuTime() - cpu) / 1e3 / taken,
                    (system.getProcessCpuTime() - cpu) * 100.0 / (System.nanoTime() - start),
                    connector.facts().get("messagesLost"));
        }
        connector.close();
    }
}
