package io.dinrail.broker.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.routing.HashTrie.Branch;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTrieTest {
    private record Item(int key, int value) {}

    private static HashTrie<Item> hashingTo(int kinds) {
        return new HashTrie<>() {
            @Override
            int hash(Item item) {
                return (item.key % kinds) * 0x9E3779B9;
            }

            @Override
            boolean same(Item one, Item other) {
                return one.key == other.key;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 100_000})
    void itHoldsWhatAMapWouldHoldHoweverBadTheHash(int kinds) {
        HashTrie<Item> items = hashingTo(kinds);
        Map<Integer, Item> model = new HashMap<>();
        Random random = new Random(kinds);
        Object trie = null;
        for (int i = 0; i < 20_000; i++) {
            Item item = new Item(random.nextInt(300), i);
            if (random.nextInt(100) < (i / 1000 % 2 == 0 ? 70 : 30)) {
                trie = items.with(trie, item);
                model.put(item.key, item);
            } else {
                trie = items.without(trie, item);
                model.remove(item.key);
            }
            assertThat(items.find(trie, item)).isEqualTo(model.get(item.key));
            if (i % 100 == 0) {
                Collection<Item> all = new HashSet<>();
                assertThat(collect(trie, all)).isEqualTo(model.size());
                assertThat(all).containsExactlyInAnyOrderElementsOf(model.values());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100_000})
    void nothingIsLeftOfItWhenItIsEmptied(int kinds) {
        HashTrie<Item> items = hashingTo(kinds);
        Object trie = null;
        for (int key = 0; key < 1000; key++) {
            trie = items.with(trie, new Item(key, 0));
        }
        for (int key = 0; key < 999; key++) {
            trie = items.without(trie, new Item(key, 0));
        }
        assertThat(trie).isEqualTo(new Item(999, 0));
        assertThat(items.without(trie, new Item(999, 1))).isNull();
    }

    @Test
    void anOlderStateStaysAsItWas() {
        HashTrie<Item> items = hashingTo(5);
        Object before = items.with(items.with(null, new Item(1, 1)), new Item(6, 1));
        Object after = items.without(items.with(before, new Item(1, 2)), new Item(6, 0));
        assertThat(items.find(before, new Item(1, 0))).isEqualTo(new Item(1, 1));
        assertThat(items.find(before, new Item(6, 0))).isEqualTo(new Item(6, 1));
        assertThat(after).isEqualTo(new Item(1, 2));
    }

    private static int collect(Object trie, Collection<Item> all) {
        if (trie instanceof Branch branch) {
            int count = 0;
            for (Object slot : branch.slots) {
                count += collect(slot, all);
            }
            return count;
        }
        if (trie instanceof Item item) {
            all.add(item);
            return 1;
        }
        return 0;
    }
}
