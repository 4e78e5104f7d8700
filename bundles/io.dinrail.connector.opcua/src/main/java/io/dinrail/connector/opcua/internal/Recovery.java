package io.dinrail.connector.opcua.internal;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how connections were made good again; safe for many threads. */
final class Recovery {
    private final AtomicLong reactivated = new AtomicLong();
    private final AtomicLong transferred = new AtomicLong();
    private final AtomicLong recreated = new AtomicLong();
    private final AtomicLong republished = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong filled = new AtomicLong();
    private final AtomicLong unfilled = new AtomicLong();

    void resumed(boolean sameSession, int messages) {
        (sameSession ? reactivated : transferred).incrementAndGet();
        republished.addAndGet(messages);
    }

    void recreated() {
        recreated.incrementAndGet();
    }

    void missed() {
        missed.incrementAndGet();
    }

    void filled(int values) {
        filled.addAndGet(values);
    }

    void unfilled() {
        unfilled.incrementAndGet();
    }

    void describe(Map<String, String> facts) {
        facts.put("sessionsReactivated", reactivated.toString());
        facts.put("subscriptionsTransferred", transferred.toString());
        facts.put("subscriptionsRecreated", recreated.toString());
        facts.put("messagesRepublished", republished.toString());
        facts.put("messagesLost", missed.toString());
        facts.put("valuesBackfilled", filled.toString());
        facts.put("gapsNotFilled", unfilled.toString());
    }
}
