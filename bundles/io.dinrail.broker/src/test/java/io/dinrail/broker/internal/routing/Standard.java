package io.dinrail.broker.internal.routing;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the standards say about topics and filters, as plainly as can be, and names to try it on. */
final class Standard {
    private static final List<String> NAMES = List.of("a", "b", "c", "", "é中", "$s", "device-0815");

    private Standard() {}

    static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        return matches(List.of(filter.split("/", -1)), List.of(topic.split("/", -1)));
    }

    private static boolean matches(List<String> filter, List<String> topic) {
        if (filter.isEmpty()) {
            return topic.isEmpty();
        }
        String first = filter.get(0);
        if (first.equals("#")) {
            return true;
        }
        return !topic.isEmpty()
                && (first.equals("+") || first.equals(topic.get(0)))
                && matches(filter.subList(1, filter.size()), topic.subList(1, topic.size()));
    }

    static String topic(Random random) {
        String topic = IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> NAMES.get(random.nextInt(NAMES.size())))
                .collect(Collectors.joining("/"));
        return topic.isEmpty() ? "a" : topic;
    }

    static String filter(Random random) {
        String filter = IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> random.nextInt(3) == 0 ? "+" : NAMES.get(random.nextInt(NAMES.size())))
                .collect(Collectors.joining("/"));
        return switch (random.nextInt(5)) {
            case 0 -> filter.isEmpty() ? "#" : filter + "/#";
            case 1 -> random.nextInt(8) == 0 ? "#" : filter.isEmpty() ? "+" : filter;
            default -> filter.isEmpty() ? "/" : filter;
        };
    }
}
