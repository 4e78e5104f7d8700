package io.dinrail.broker.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedGroupsTest {
    private final SharedGroups<String> groups = new SharedGroups<>();
    private final Map<String, Integer> taken = new TreeMap<>();

    @Test
    void aMessageGoesToOneMemberOfEachGroupThatMatches() {
        groups.add("g", "a/+", "one", 1);
        groups.add("g", "a/+", "two", 1);
        groups.add("g", "a/b", "one", 1);
        groups.add("h", "a/#", "three", 1);
        groups.add("h", "b", "four", 1);
        assertThat(matched("a/b")).containsExactlyInAnyOrder("g a/+", "g a/b", "h a/#");
        assertThat(groups.size()).isEqualTo(5);
    }

    @Test
    void theMembersGetEqualShares() {
        join("one", "two", "three");
        offer(300, Set.of());
        assertThat(taken).isEqualTo(Map.of("one", 100, "two", 100, "three", 100));
    }

    @Test
    void theShareOfAMemberThatCantTakeGoesToAllOthers() {
        join("one", "two", "three", "four");
        offer(300, Set.of("two"));
        assertThat(taken).isEqualTo(Map.of("one", 100, "three", 100, "four", 100));
    }

    @Test
    void everyMemberIsAskedOnceBeforeAnOfferFails() {
        join("one", "two", "three");
        everyMemberIsAskedOnce();
    }

    @Test
    void whatALeaverGivesBackGoesToTheOthersAndToNobodyWhenItWasTheLast() {
        join("one", "two");
        assertThat(groups.remove("g", "a", "one")).isTrue();
        assertThat(groups.remove("g", "a", "one")).isFalse();
        offer(2, Set.of());
        assertThat(taken).isEqualTo(Map.of("two", 2));
        SharedGroup<String> last = group();
        groups.remove("g", "a", "two");
        assertThat(groups.find("g", "a")).isEmpty();
        assertThat(last.offer((member, options) -> true)).isFalse();
        assertThat(matched("a")).isEmpty();
        assertThat(groups.size()).isZero();
    }

    @Test
    void joiningAgainChangesTheOptions() {
        assertThat(groups.add("g", "a", "one", 1)).isTrue();
        assertThat(groups.add("g", "a", "one", 2)).isFalse();
        List<Long> seen = new ArrayList<>();
        group().offer((member, options) -> seen.add(options));
        assertThat(seen).containsExactly(2L);
        assertThat(groups.size()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, -1})
    void turnsGoRoundPastTheLargestNumber(int largest) {
        join("one", "two", "three");
        group().skip(largest - 5);
        for (int i = 0; i < 10; i++) {
            everyMemberIsAskedOnce();
        }
        offer(30, Set.of());
        assertThat(taken).isEqualTo(Map.of("one", 10, "two", 10, "three", 10));
    }

    @Test
    void aGroupOfManyKeepsEqualSharesWhileMembersLeaveAndJoin() {
        Random random = new Random(1);
        Set<String> model = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            String member = "m" + random.nextInt(i < 50_000 ? 5000 : 1000);
            boolean joins = random.nextInt(100) < (i < 50_000 ? 80 : 30);
            assertThat(joins ? groups.add("g", "a", member, i) : groups.remove("g", "a", member))
                    .isEqualTo(joins ? model.add(member) : model.remove(member));
        }
        assertThat(groups.size()).isEqualTo(model.size());
        offer(model.size() * 2, Set.of());
        assertThat(taken.keySet()).isEqualTo(model);
        assertThat(taken.values()).containsOnly(2);
        model.forEach(member -> assertThat(groups.remove("g", "a", member)).isTrue());
        assertThat(groups.find("g", "a")).isEmpty();
    }

    @Test
    void aMessageFindsAMemberWhileOthersComeAndGo() throws Exception {
        join("steady");
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean done = new AtomicBoolean();
        try {
            Future<?> comers = threads.submit(() -> {
                for (int i = 0; i < 50_000; i++) {
                    groups.add("g", "a", "comer " + i % 7, 1);
                    groups.remove("g", "a", "comer " + (i + 3) % 7);
                }
                done.set(true);
            });
            while (!done.get()) {
                boolean[] found = {false};
                groups.match("a", (group, options) -> found[0] = group.offer((member, o) -> member.equals("steady")));
                assertThat(found[0]).isTrue();
            }
            comers.get();
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }

    private void everyMemberIsAskedOnce() {
        List<String> asked = new ArrayList<>();
        assertThat(group().offer((member, options) -> !asked.add(member))).isFalse();
        assertThat(asked).containsExactlyInAnyOrder("one", "two", "three");
    }

    private void join(String... members) {
        for (String member : members) {
            groups.add("g", "a", member, 1);
        }
    }

    private void offer(int messages, Set<String> busy) {
        for (int i = 0; i < messages; i++) {
            assertThat(group().offer((member, options) ->
                            !busy.contains(member) && taken.merge(member, 1, Integer::sum) > 0))
                    .isTrue();
        }
    }

    private SharedGroup<String> group() {
        return groups.find("g", "a").orElseThrow();
    }

    private List<String> matched(String topic) {
        List<String> found = new ArrayList<>();
        groups.match(topic, (group, options) -> found.add(group.name() + " " + group.filter()));
        return found;
    }
}
