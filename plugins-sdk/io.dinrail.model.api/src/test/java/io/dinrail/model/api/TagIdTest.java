package io.dinrail.model.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TagIdTest {
    @Test
    void namesThatDifferInDigitsOnlySpreadOverAHashTable() {
        Set<Integer> hashes = new HashSet<>();
        for (int device = 1; device <= 100; device++) {
            for (int tag = 0; tag < 1_000; tag++) {
                hashes.add(TagId.of("bench-" + device, "tag-" + tag).hashCode());
            }
        }
        assertThat(hashes).hasSizeGreaterThan(99_000);
    }

    @Test
    void equalNamesHaveEqualHashes() {
        assertThat(TagId.of("press-1", "level")).isEqualTo(TagId.of("press-1", "level"));
        assertThat(TagId.of("press-1", "level").hashCode())
                .isEqualTo(TagId.of("press-1", "level").hashCode());
    }
}
