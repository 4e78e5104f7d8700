package io.dinrail.identity.h2.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPatternTest {
    private final Random random = new Random(3);

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "app/* app/room-1 true",
                "app/* app/sub/deep false",
                "app/* other/x false",
                "app/** app/room-1 true",
                "app/** app/sub/deep true",
                "app/** app false",
                "app/room-* app/room-1 true",
                "app/room-* app/sub/deep false",
                "** other/x true",
                "devices/* devices/camera-001/events false",
                "devices/*/events devices/camera-001/events true",
                "a*b ab true",
                "a\\*b a*b true",
                "a\\*b axb false",
                "a\\\\b a\\b true",
                "** $SYS/broker false",
                "* $SYS false",
                "$SYS/** $SYS/broker true",
                "** _SYSTEM/x false",
                "*/x _internal/x false",
                "_internal/* _internal/x true",
                "** _internals/x true",
            })
    void aPatternStandsForNames(String pattern, String name, boolean matched) {
        assertThat(ChannelPattern.parse(pattern).matches(name)).isEqualTo(matched);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "devices/** devices/*/events true",
                "devices/*/events devices/*/events true",
                "devices/*/events devices/** false",
                "devices/*/events devices/a/events true",
                "devices/* devices/** false",
                "devices/** devices/** true",
                "devices/a* devices/* false",
                "devices/* devices/a* true",
                "** **/x true",
                "* ** false",
                "** $SYS/x false",
                "** _metered/x false",
                "a\\* a* false",
                "a* a\\* true",
            })
    void aPatternCoversAnother(String pattern, String other, boolean covered) {
        assertThat(ChannelPattern.parse(pattern).covers(ChannelPattern.parse(other)))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "devices/*/events devices/+/events true",
                "devices/*/events devices/# false",
                "devices/** devices/# false",
                "devices** devices/# true",
                "** devices/# true",
                "** # true",
                "* # false",
                "* + true",
                "*/** +/# false",
                "** $SYS/# false",
                "/** /# true",
                "** a/#/b false",
                "** $share/g/a false",
                "devices/a devices/a true",
                "devices/a devices/+ false",
            })
    void aPatternCoversMqttFilters(String pattern, String filter, boolean covered) {
        assertThat(ChannelPattern.parse(pattern).coversFilter(filter)).isEqualTo(covered);
    }

    @Test
    void twoPatternsTogetherCoverAParentAndWhatIsBelow() {
        assertThat(ChannelPatterns.parse(List.of("a", "a/**")).coversFilter("a/#"))
                .isTrue();
        assertThat(ChannelPatterns.parse(List.of("a/**", "b")).coversFilter("a/#"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a+", "a/#", "a\\", "a\\b", "a\u0000b", "a\u0001", "a\u0085", "\ud800"})
    void whatIsNoPatternIsRefusedInASentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChannelPattern.parse(text))
                .withMessageNotContainingAny("\u0000", "\u0001", "\u0085")
                .withMessageContaining("channel pattern");
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelPattern.parse("é".repeat(129)));
    }

    @Test
    void aStarAtTheEndIsWarnedOf() {
        assertThat(ChannelPattern.parse("devices/*").warning().orElseThrow()).contains("use devices/** for");
        assertThat(ChannelPattern.parse("devices/**").warning()).isEmpty();
        assertThat(ChannelPattern.parse("devices/\\*").warning()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0001", "a/+", "#", "\udc00", "a\0"})
    void malformedNamesAreNeverMatched(String name) {
        assertThat(ChannelPattern.parse("**").matches(name)).isFalse();
    }

    @Test
    void matchingIsWhatARegularExpressionSays() {
        for (int i = 0; i < 200_000; i++) {
            String pattern = any("ab/**", 8);
            String name = any("ab/", 8);
            boolean matched = ChannelPattern.parse(pattern).matches(name);
            assertThat(matched)
                    .as("%s matches %s", pattern, name)
                    .isEqualTo(regex(pattern).matcher(name).matches());
        }
    }

    @Test
    void whatIsCoveredIsMatched() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            names.add(any("ab/", 6));
        }
        for (int i = 0; i < 5_000; i++) {
            ChannelPattern one = ChannelPattern.parse(any("ab/**", 6));
            ChannelPattern other = ChannelPattern.parse(any("ab/**", 6));
            if (one.covers(other)) {
                assertThat(names).allMatch(name -> one.matches(name) || !other.matches(name));
            }
        }
    }

    private String any(String letters, int longest) {
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(longest); left > 0; left--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static Pattern regex(String pattern) {
        return Pattern.compile(
                pattern.replaceAll("\\*\\*+", "\u0002").replace("*", "[^/]*").replace("\u0002", ".*"));
    }
}
