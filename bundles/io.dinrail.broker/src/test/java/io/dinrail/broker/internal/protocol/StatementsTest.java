package io.dinrail.broker.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the other tests to what the standards say on the format of packets. */
class StatementsTest {
    private static final List<Class<?>> TESTS = List.of(
            AnswersTest.class,
            ConnectTest.class,
            EncoderTest.class,
            FixedHeaderTest.class,
            MutationTest.class,
            PublishTest.class,
            RoundTripTest.class,
            SubscribeTest.class,
            TopicAliasesTest.class,
            Utf8Test.class);

    /** Sections of 3.1.1 with the numbers of their statements that concern the bytes. */
    private static final String[] FORMAT_OF_311 = {
        "1.5.3: 1 2 3",
        "2.2.2: 1 2",
        "2.3.1: 1 5",
        "3.1.0: 1 2",
        "3.1.2: 1 2 3 9 11 13 14 15 18 19 20 21 22",
        "3.1.3: 1 3 4 5 7 8 9 10 11",
        "3.1.4: 1",
        "3.2.2: 4 6",
        "3.3.1: 2 4",
        "3.3.2: 1 2",
        "3.6.1: 1",
        "3.8.1: 1",
        "3.8.3: 1 3",
        "3-8.3: 4",
        "3.8.4: 6",
        "3.9.3: 1 2",
        "3.10.1: 1",
        "3.10.3: 1 2",
        "3.14.1: 1",
        "4.3.1: 1",
        "4.7.1: 1 2 3",
        "4.7.3: 1 2 3",
        "4.8.0: 1"
    };

    private static final String[] FORMAT_OF_5 = {
        "1.5.4: 1 2 3",
        "1.5.5: 1",
        "1.5.7: 1",
        "2.1.3: 1",
        "2.2.1: 2 3 4",
        "2.2.2: 1",
        "3.1.0: 1 2",
        "3.1.2: 1 2 3 9 11 12 13 16 17 18 19 24 29",
        "3.1.3: 1 3 4 5 10 11 12",
        "3.1.4: 1",
        "3.2.2: 1 6 8 15 19 20",
        "3.3.1: 2 4",
        "3.3.2: 1 2 4 8 13 14 15 16 17 18 19 20",
        "3.3.4: 6",
        "3.4.2: 1 2 3",
        "3.5.2: 1 2 3",
        "3.6.1: 1",
        "3.6.2: 1 2 3",
        "3.7.2: 1 2 3",
        "3.8.1: 1",
        "3.8.3: 1 2 4 5",
        "3.9.2: 1 2",
        "3.9.3: 1 2",
        "3.10.1: 1",
        "3.10.3: 1 2",
        "3.11.2: 1 2",
        "3.11.3: 1 2",
        "3.14.1: 1",
        "3.14.2: 1 2 3 4",
        "3.15.1: 1",
        "3.15.2: 1 2 3",
        "4.3.1: 1",
        "4.7.0: 1",
        "4.7.1: 1 2",
        "4.7.3: 1 2 3",
        "4.8.2: 1 2",
        "4.13.1: 1"
    };

    @Test
    void everyStatementOnTheFormatOf311IsShown() {
        assertThat(shown(4)).containsAll(expected(FORMAT_OF_311));
    }

    @Test
    void everyStatementOnTheFormatOf5IsShown() {
        assertThat(shown(5)).containsAll(expected(FORMAT_OF_5));
    }

    private static Set<String> shown(int version) {
        Set<String> shown = new TreeSet<>();
        for (Class<?> test : TESTS) {
            for (Method method : test.getDeclaredMethods()) {
                for (Statement statement : method.getAnnotationsByType(Statement.class)) {
                    shown.addAll(statement.version() == version ? List.of(statement.value()) : List.of());
                }
            }
        }
        return shown;
    }

    private static Set<String> expected(String[] sections) {
        Set<String> expected = new TreeSet<>();
        for (String section : sections) {
            String[] parts = section.split(": ", -1);
            for (String number : parts[1].split(" ", -1)) {
                expected.add("MQTT-" + parts[0] + "-" + number);
            }
        }
        return expected;
    }
}
