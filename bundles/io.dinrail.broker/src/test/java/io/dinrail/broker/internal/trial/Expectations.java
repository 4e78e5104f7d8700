package io.dinrail.broker.internal.trial;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** What one session should still hear, in order within each topic and QoS, and what it may hear again. */
final class Expectations {
    /** @param expiresAt in milliseconds since 1970. */
    private static final class One {
        final String topic;
        final String text;
        final int qos;
        final boolean retained;
        final long expiresAt;
        boolean underWay;
        boolean optional;

        One(String topic, String text, int qos, boolean retained, long expiresAt) {
            this.topic = topic;
            this.text = text;
            this.qos = qos;
            this.retained = retained;
            this.expiresAt = expiresAt;
        }

        boolean fits(Heard heard) {
            return topic.equals(heard.topic())
                    && text.equals(heard.text())
                    && qos == heard.qos()
                    && retained == heard.retain();
        }

        @Override
        public String toString() {
            return text + " on " + topic + " at " + qos + (retained ? " retained" : "") + (optional ? " perhaps" : "");
        }
    }

    private final String owner;
    private final List<One> missing = new ArrayList<>();
    private final Set<String> heardBefore = new HashSet<>();
    private final Set<String> tolerated = new HashSet<>();

    Expectations(String owner) {
        this.owner = owner;
    }

    void add(String topic, String text, int qos, boolean retained, long expiresAt) {
        missing.add(new One(topic, text, qos, retained, expiresAt));
    }

    /** It may come at QoS 0, or not, or again: it is published twice, and kept for nobody. */
    void tolerate(String text) {
        tolerated.add(text);
    }

    void hear(Heard heard) {
        if (heard.qos() == 0 && tolerated.contains(heard.text())) {
            return;
        }
        Iterator<One> all = missing.iterator();
        while (all.hasNext()) {
            One one = all.next();
            if (one.fits(heard)) {
                all.remove();
                heardBefore.add(heard.retain() + heard.text());
                return;
            }
            boolean sameCourse = one.topic.equals(heard.topic()) && one.qos == heard.qos();
            if (sameCourse && !one.optional && !isAgain(heard)) {
                throw new AssertionError(owner + " heard " + heard + " before " + one + " of " + missing);
            }
        }
        if (!isAgain(heard)) {
            throw new AssertionError(owner + " heard " + heard + ", which it shouldn't: " + missing);
        }
    }

    private boolean isAgain(Heard heard) {
        return heard.qos() == 1 && heardBefore.contains(heard.retain() + heard.text());
    }

    /** What is of QoS 0 is not kept for anybody. */
    void leaves() {
        missing.removeIf(one -> one.qos == 0);
    }

    /** A broker that starts doesn't know what was under way. */
    void restarts() {
        missing.forEach(one -> one.underWay = one.qos == 2);
    }

    /** What has expired isn't sent, but for what of QoS 2 may have been under way. */
    void returns(long now) {
        missing.removeIf(one -> one.expiresAt <= now && !one.underWay);
        missing.stream().filter(one -> one.expiresAt <= now).forEach(one -> one.optional = true);
    }

    boolean isComplete() {
        return missing.stream().allMatch(one -> one.optional);
    }

    int size() {
        return missing.size();
    }

    @Override
    public String toString() {
        return owner + " misses " + missing;
    }
}
