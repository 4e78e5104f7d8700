package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the numbers that readings carry. */
final class SequenceCheck {
    private static final Pattern SEQ = Pattern.compile("\"seq\": (\\d+)");

    private SequenceCheck() {}

    static List<Long> numbers(MqttClient client, String device) {
        return client.heard().stream()
                .filter(heard -> heard.topic().startsWith("telemetry/" + device + "/"))
                .map(heard -> number(heard.payload()))
                .toList();
    }

    /** Every number follows the one before: nothing is missing, and nothing came twice. */
    static void assertWithoutGap(List<Long> numbers) {
        for (int i = 1; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).as("after " + numbers.get(i - 1)).isEqualTo(numbers.get(i - 1) + 1);
        }
    }

    private static long number(String payload) {
        Matcher matcher = SEQ.matcher(payload);
        if (!matcher.find()) {
            throw new AssertionError("no seq in " + payload);
        }
        return Long.parseLong(matcher.group(1));
    }
}
