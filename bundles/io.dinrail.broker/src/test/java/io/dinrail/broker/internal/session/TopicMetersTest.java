package io.dinrail.broker.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.TopicName;
import io.dinrail.messaging.api.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class TopicMetersTest {
    private final TopicMeters meters = new TopicMeters();

    private Map<String, Traffic> all() {
        Map<String, Traffic> all = new TreeMap<>();
        meters.each(all::put);
        return all;
    }

    private void receive(String topic, int bytes) {
        meters.of(TopicName.of(topic)).received(bytes);
    }

    @Test
    void topicsOfOneFirstLevelAreCountedTogether() {
        receive("telemetry/press-1", 10);
        receive("telemetry", 5);
        receive("telemetry/press-2/hall/4", 1);
        receive("telemetryx/press-1", 7);
        receive("/leading", 3);
        receive("日本/x", 2);
        meters.of(TopicName.of("telemetry/press-1")).sent(4);
        assertThat(all())
                .isEqualTo(Map.of(
                        "telemetry", new Traffic(3, 16, 1, 4),
                        "telemetryx", new Traffic(1, 7, 0, 0),
                        "/", new Traffic(1, 3, 0, 0),
                        "日本", new Traffic(1, 2, 0, 0)));
    }

    @Test
    void whoeverMakesTopicsUpFillsNoMemory() {
        for (int i = 0; i < 10_000; i++) {
            receive("level-" + i + "/x", 1);
        }
        receive("x".repeat(500), 1);
        receive("level-0/y", 1);
        Map<String, Traffic> all = all();
        assertThat(all).hasSize(65);
        assertThat(all.get("level-0").received()).isEqualTo(2);
        assertThat(all.get(TopicMeters.REST).received()).isEqualTo(10_000 - 64 + 1);
        assertThat(all.values().stream().mapToLong(Traffic::received).sum()).isEqualTo(10_002);
    }

    @Test
    void threadsThatMeetANewLevelAtOnceCountInOnePlace() throws Exception {
        int threads = 4;
        int levels = 40;
        int each = 500;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            done.add(pool.submit(() -> {
                start.await();
                for (int message = 0; message < levels * each; message++) {
                    receive("level-" + message % levels, 1);
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> one : done) {
            one.get();
        }
        pool.shutdown();
        assertThat(all()).hasSize(levels);
        assertThat(all().values()).allMatch(traffic -> traffic.received() == (long) threads * each);
    }
}
