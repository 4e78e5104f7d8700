package io.dinrail.broker.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a store should hold, kept the plain way. */
final class StoreModel {
    static final class One {
        String client = "";
        String data = "";
        long next;
        final TreeMap<Long, String> queue = new TreeMap<>();
        final TreeMap<Long, Long> marks = new TreeMap<>();
        final TreeSet<Integer> received = new TreeSet<>();
    }

    final TreeMap<Long, One> sessions = new TreeMap<>();
    final TreeMap<String, Long> retained = new TreeMap<>();
    final Map<Long, String> contents = new HashMap<>();

    StoreModel copy() {
        StoreModel copy = new StoreModel();
        sessions.forEach((number, one) -> {
            One other = new One();
            other.client = one.client;
            other.data = one.data;
            other.next = one.next;
            other.queue.putAll(one.queue);
            other.marks.putAll(one.marks);
            other.received.addAll(one.received);
            copy.sessions.put(number, other);
        });
        copy.retained.putAll(retained);
        copy.contents.putAll(contents);
        return copy;
    }

    /** Makes up a change, applies it here and puts it into a batch. */
    void change(Random random, MessageStore store, Batch batch) {
        long session =
                sessions.isEmpty() ? -1 : new ArrayList<>(sessions.keySet()).get(random.nextInt(sessions.size()));
        int what = session < 0 ? 0 : random.nextInt(20);
        if (what == 0) {
            begin(store.newSession(), random, batch);
        } else if (what == 1 && sessions.size() > 3) {
            sessions.remove(session);
            batch.end(session);
        } else if (what == 2) {
            sessions.get(session).data = "d" + random.nextInt(1000);
            batch.session(session, sessions.get(session).client, bytes(sessions.get(session).data));
        } else if (what < 10) {
            publish(random, store.newMessage(), batch);
        } else if (what == 10) {
            String topic = "t/" + random.nextInt(5);
            retained.remove(topic);
            batch.clear(topic);
        } else {
            deliver(random, sessions.get(session), session, batch, what);
        }
    }

    private void begin(long number, Random random, Batch batch) {
        One one = new One();
        one.client = "client" + random.nextInt(10);
        one.data = "d" + "x".repeat(random.nextInt(40));
        sessions.put(number, one);
        batch.session(number, one.client, bytes(one.data));
    }

    private void publish(Random random, long id, Batch batch) {
        String content = id + "y".repeat(random.nextInt(60));
        contents.put(id, content);
        batch.message(id, bytes(content));
        sessions.forEach((number, one) -> {
            if (random.nextInt(3) > 0) {
                String options =
                        "o".repeat(random.nextInt(3)) + (random.nextInt(30) == 0 ? "z" + random.nextInt(9) : "");
                one.queue.put(one.next++, id + ":" + options);
                batch.enqueue(number, id, bytes(options));
            }
        });
        if (random.nextInt(6) == 0) {
            String topic = "t/" + random.nextInt(5);
            retained.put(topic, id);
            batch.retain(topic, id);
        }
    }

    private static void deliver(Random random, One one, long session, Batch batch, int what) {
        int packet = 1 + random.nextInt(9);
        if (what == 11) {
            one.received.add(packet);
            batch.received(session, packet);
        } else if (what == 12) {
            one.received.remove(packet);
            batch.released(session, packet);
        } else if (!one.queue.isEmpty()) {
            List<Long> orders = new ArrayList<>(one.queue.keySet());
            long order = random.nextInt(4) > 0 ? orders.get(0) : orders.get(random.nextInt(orders.size()));
            if (what == 13) {
                one.marks.put(order, (long) packet);
                batch.mark(session, order, packet);
            } else {
                one.queue.remove(order);
                one.marks.remove(order);
                batch.remove(session, order);
            }
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        sessions.forEach((number, one) -> {
            text.append(number)
                    .append(' ')
                    .append(one.client)
                    .append(' ')
                    .append(one.data)
                    .append(one.received);
            one.queue.forEach((order, entry) -> {
                String content = contents.get(Long.parseLong(entry.substring(0, entry.indexOf(':'))));
                text.append('\n')
                        .append(order)
                        .append('=')
                        .append(entry)
                        .append('=')
                        .append(content);
                text.append(one.marks.getOrDefault(order, -1L));
            });
            text.append('\n');
        });
        retained.forEach(
                (topic, id) -> text.append(topic).append(contents.get(id)).append('\n'));
        return text.toString();
    }

    static String text(MessageStore store) throws StoreException {
        StoreModel found = new StoreModel();
        for (MessageStore.SessionView view : store.sessions()) {
            One one = new One();
            one.client = view.client();
            one.data = string(view.data());
            for (int packet : view.received()) {
                one.received.add(packet);
            }
            for (MessageStore.Entry entry : store.queue(view.number(), 0, Integer.MAX_VALUE)) {
                one.queue.put(entry.order(), entry.message() + ":" + string(entry.options()));
                one.marks.put(entry.order(), entry.mark());
                found.contents.put(
                        entry.message(), string(store.read(entry.message()).orElseThrow()));
            }
            found.sessions.put(view.number(), one);
        }
        store.retained(found.retained::put);
        for (long id : found.retained.values()) {
            found.contents.put(id, string(store.read(id).orElseThrow()));
        }
        return found.text();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
