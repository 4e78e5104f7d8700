package io.dinrail.broker.internal.routing;

import static io.dinrail.broker.internal.routing.RetainedIndex.Outcome.ADDED;
import static io.dinrail.broker.internal.routing.RetainedIndex.Outcome.REFUSED;
import static io.dinrail.broker.internal.routing.RetainedIndex.Outcome.REPLACED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RetainedIndexTest {
    private record Message(String topic, int size) {}

    private final RetainedIndex<Message> index =
            new RetainedIndex<>(Message::size, (count, bytes) -> count <= 200_000 && bytes <= 1_000_000_000);

    @Test
    void onlyTheNewestMessageOfATopicIsKept() {
        Message old = new Message("a/b", 10);
        Message young = new Message("a/b", 4);
        assertThat(index.put("a/b", old)).isEqualTo(ADDED);
        assertThat(index.put("a/b", young)).isEqualTo(REPLACED);
        assertThat(index.find("a/b")).containsSame(young);
        assertThat(index.count()).isOne();
        assertThat(index.bytes()).isEqualTo(4);
        assertThat(index.remove("a/b", old)).as("the old one expires").isFalse();
        assertThat(index.remove("a/b", young)).isTrue();
        assertThat(index.remove("a/b")).isFalse();
        assertThat(index.count()).isZero();
        assertThat(index.bytes()).isZero();
    }

    @Test
    void whatGoesBeyondABoundIsRefusedAndLeavesTheOldMessage() {
        RetainedIndex<Message> small = new RetainedIndex<>(Message::size, (count, bytes) -> count <= 2 && bytes <= 100);
        Message first = new Message("a", 60);
        assertThat(small.put("a", first)).isEqualTo(ADDED);
        assertThat(small.put("b", new Message("b", 41))).isEqualTo(REFUSED);
        assertThat(small.put("b", new Message("b", 40))).isEqualTo(ADDED);
        assertThat(small.put("c", new Message("c", 0))).isEqualTo(REFUSED);
        assertThat(small.put("a", new Message("a", 61))).isEqualTo(REFUSED);
        assertThat(small.find("a")).containsSame(first);
        assertThat(small.put("a", new Message("a", 59))).isEqualTo(REPLACED);
        assertThat(small.bytes()).isEqualTo(99);
    }

    @Test
    void aTopicTooDeepToWalkIsRefused() {
        assertThatThrownBy(() -> index.put("/".repeat(256), new Message("", 1))).hasMessageContaining("257 levels");
    }

    @Test
    void wildcardsAtTheFirstLevelLeaveTheServersTopicsAlone() {
        keep("$SYS/uptime", "$SYS", "a/$b", "a", "/", "a/b");
        assertThat(visited("#")).containsExactlyInAnyOrder("a/$b", "a", "/", "a/b");
        assertThat(visited("+/+")).containsExactlyInAnyOrder("a/$b", "/", "a/b");
        assertThat(visited("+/#")).containsExactlyInAnyOrder("a/$b", "a", "/", "a/b");
        assertThat(visited("+")).containsExactly("a");
        assertThat(visited("a/#")).containsExactlyInAnyOrder("a/$b", "a", "a/b");
        assertThat(visited("$SYS/#")).containsExactlyInAnyOrder("$SYS/uptime", "$SYS");
        assertThat(visited("$SYS/+")).containsExactly("$SYS/uptime");
    }

    @Test
    void aVisitOfAHundredThousandPausesAndGoesOn() {
        for (int i = 0; i < 100_000; i++) {
            keep("devices/" + i + "/status");
        }
        RetainedVisit<Message> visit = index.visit("#");
        Set<String> seen = new HashSet<>();
        int chunks = 0;
        boolean more = true;
        while (more) {
            int before = seen.size();
            more = visit.advance(1000, message -> seen.add(message.topic));
            assertThat(seen.size() - before).isLessThanOrEqualTo(1000);
            chunks++;
        }
        assertThat(seen).hasSize(100_000);
        assertThat(chunks).isBetween(100, 400);
    }

    @Test
    void aVisitorCanPauseAfterAnyMessage() {
        keep("a", "b", "c");
        RetainedVisit<Message> visit = index.visit("#");
        List<String> seen = new ArrayList<>();
        while (visit.advance(Integer.MAX_VALUE, message -> !seen.add(message.topic))) {
            assertThat(seen).hasSizeLessThan(4);
        }
        assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aPausedVisitGetsTheNewestMessageAndNoneThatWasRemoved() {
        keep("a", "b", "c");
        RetainedVisit<Message> visit = index.visit("#");
        visit.advance(1, message -> true);
        Message young = new Message("b", 99);
        index.put("b", young);
        index.remove("a");
        List<Message> seen = new ArrayList<>();
        visit.advance(Integer.MAX_VALUE, seen::add);
        assertThat(seen).contains(young).extracting(Message::topic).containsExactlyInAnyOrder("b", "c");
    }

    @RepeatedTest(8)
    void itFindsWhatTryingEveryTopicFinds(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        Map<String, Message> model = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            String topic = Standard.topic(random);
            if (random.nextInt(100) < (i / 500 % 2 == 0 ? 80 : 25)) {
                Message message = new Message(topic, random.nextInt(100));
                assertThat(index.put(topic, message)).isEqualTo(model.put(topic, message) == null ? ADDED : REPLACED);
            } else {
                assertThat(index.remove(topic)).isEqualTo(model.remove(topic) != null);
            }
            if (i % 5 > 0) {
                continue;
            }
            String filter = Standard.filter(random);
            assertThat(visited(filter))
                    .as("seed %s, step %s, filter %s", seed.getCurrentRepetition(), i, filter)
                    .containsExactlyInAnyOrderElementsOf(model.keySet().stream()
                            .filter(known -> Standard.matches(filter, known))
                            .toList());
            assertThat(index.find(topic).orElse(null)).isSameAs(model.get(topic));
        }
        assertThat(index.count()).isEqualTo(model.size());
        assertThat(index.bytes())
                .isEqualTo(model.values().stream().mapToInt(Message::size).sum());
        model.keySet().forEach(index::remove);
        assertThat(index.isBare()).isTrue();
    }

    @Test
    void aVisitSeesEveryMessageThatIsThereThroughoutAndNoneTwice() throws Exception {
        List<String> steady = Stream.of("a", "a/b", "a/b/c", "a/c", "a//").toList();
        keep(steady.toArray(String[]::new));
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean done = new AtomicBoolean();
        try {
            Future<?> writer = threads.submit(() -> {
                Random random = new Random(1);
                for (int i = 0; i < 50_000; i++) {
                    String topic = "a/" + Standard.topic(random);
                    if (random.nextBoolean() || steady.contains(topic)) {
                        keep(topic);
                    } else {
                        index.remove(topic);
                    }
                }
                done.set(true);
            });
            while (!done.get()) {
                assertThat(visited("a/#")).containsAll(steady).doesNotHaveDuplicates();
            }
            writer.get();
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }

    private void keep(String... topics) {
        for (String topic : topics) {
            index.put(topic, new Message(topic, 1));
        }
    }

    private List<String> visited(String filter) {
        List<String> seen = new ArrayList<>();
        RetainedVisit<Message> visit = index.visit(filter);
        while (visit.advance(3, message -> seen.add(message.topic))) {
            assertThat(seen).hasSizeLessThan(100_000);
        }
        return seen;
    }
}
