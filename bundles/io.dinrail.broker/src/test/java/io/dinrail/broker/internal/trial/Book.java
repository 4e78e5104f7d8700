package io.dinrail.broker.internal.trial;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one receiver heard, topic by topic: numbers from 1 on, without a gap, in order; of QoS 2 each once, of QoS 1 older ones again when they may have been
 * sent before. Written by one thread.
 */
final class Book {
    private static final int RECENT = 40;

    private final String owner;
    private final Map<String, Integer> last = new ConcurrentHashMap<>();
    private final Deque<Heard> recent = new ArrayDeque<>();

    Book(String owner) {
        this.owner = owner;
    }

    void hear(Heard heard) {
        recent.add(heard);
        if (recent.size() > RECENT) {
            recent.remove();
        }
        int number = number(heard);
        int before = last.getOrDefault(heard.topic(), 0);
        boolean again = heard.qos() == 1 && number <= before;
        if (number != before + 1 && !again) {
            throw new AssertionError(owner + " heard " + heard + " after number " + before + "; lately: " + recent);
        }
        last.put(heard.topic(), Math.max(number, before));
    }

    static int number(Heard heard) {
        return Integer.parseInt(heard.text().substring(heard.text().indexOf(' ') + 1));
    }

    /** Whether it is where the publishers are. */
    boolean has(Map<String, Integer> sent) {
        return sent.entrySet().stream().allMatch(one -> one.getValue().equals(last.get(one.getKey())));
    }

    Map<String, Integer> last() {
        return new TreeMap<>(last);
    }
}
