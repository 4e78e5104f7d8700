package io.dinrail.identity.h2.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "a//b", "a/", " ", "ü/日本/😀", "${jndi:ldap://x}", "%u", "a\u0301", "\u00e1"})
    void aTopicIsAlmostAnyText(String topic) {
        assertThat(TopicText.isTopic(topic)).isTrue();
        assertThat(TopicText.isFilter(topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0", "a\nb", "\u007f", "\u009f", "\ud83d", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void someTextsAreNeither(String text) {
        assertThat(TopicText.isTopic(text)).isFalse();
        assertThat(TopicText.isFilter(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "#", "a/+", "a/#", "+/+/#", "/#", "+/a"})
    void wildcardsStandInFilters(String filter) {
        assertThat(TopicText.isTopic(filter)).isFalse();
        assertThat(TopicText.isFilter(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+", "+a", "#/a", "a#", "##", "++", "a/#/", "+#", "$share/g/a", "$share"})
    void wildcardsStandForWholeLevels(String filter) {
        assertThat(TopicText.isFilter(filter)).isFalse();
    }

    @Test
    void lengthAndDepthAreBounded() {
        assertThat(TopicText.isTopic("x".repeat(1024))).isTrue();
        assertThat(TopicText.isTopic("x".repeat(1025))).isFalse();
        assertThat(TopicText.isTopic("x".repeat(65_536))).isFalse();
        assertThat(TopicText.isTopic("ü".repeat(512))).isTrue();
        assertThat(TopicText.isTopic("ü".repeat(513))).isFalse();
        assertThat(TopicText.isTopic("😀".repeat(256))).isTrue();
        assertThat(TopicText.isTopic("😀".repeat(256) + "x")).isFalse();
        assertThat(TopicText.isTopic("/".repeat(31))).isTrue();
        assertThat(TopicText.isTopic("/".repeat(32))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "$SYS/x,true", "$,true", "_system,true", "_System/x,true", "_INTERNAL/x,true", "_metered/,true",
        "_systems/x,false", "a/_system,false", "_,false", "system/x,false", "+/x,false", "#,false"
    })
    void thePlatformsOwnTopicsAreKnown(String topic, boolean reserved) {
        assertThat(TopicText.isReserved(topic)).isEqualTo(reserved);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b,a/b",
        "$share/g/a/#,a/#",
        "$share/g/,''",
        "$share/g,$share/g",
        "$share//a,$share//a",
        "$share/+/a,$share/+/a",
        "$share/g/$share/h/a,$share/g/$share/h/a",
        "$share/g/$SYS/#,$SYS/#"
    })
    void aSharedSubscriptionIsItsFilter(String asked, String bare) {
        assertThat(TopicText.bare(asked)).isEqualTo(bare);
    }
}
