package io.dinrail.connector.opcua.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RepublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RepublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.SubscriptionAcknowledgement;
import org.jspecify.annotations.Nullable;

/**
 * Keeps asking for what a subscription has to tell, over one connection, message by message in order. What is asked next waits for what was taken, so
 * that a server can't tell more than is taken. Runs on the library's threads.
 */
final class Publishing {
    /** One request is answered while the other waits at the server. */
    private static final int OUTSTANDING = 2;

    private static final int MOST_MISSING = 100;
    private static final int MOST_FAILURES = 3;
    private static final long HIGHEST = 0xFFFF_FFFFL;

    /** Hears what comes. */
    interface Listener {
        /**
         * Takes a message.
         *
         * @param more whether the server has more to tell at once.
         * @return done once the message was taken.
         */
        CompletableFuture<Void> message(NotificationMessage message, boolean more);

        /** Hears that messages are gone for good. */
        void missed();

        /** Hears that nothing more will come. */
        void ended(String why);
    }

    private final Client client;
    private final UInteger subscription;
    private final Listener listener;
    private final Queue<UInteger> acknowledgements = new ConcurrentLinkedQueue<>();
    private CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);
    private volatile long lastSequence;
    private final long begunAt = System.nanoTime();
    private volatile long heardAt = begunAt;
    private volatile int failures;
    private volatile boolean stopped;

    Publishing(Client client, UInteger subscription, long lastSequence, Listener listener) {
        this.client = client;
        this.subscription = subscription;
        this.lastSequence = lastSequence;
        this.listener = listener;
    }

    void begin() {
        for (int i = 0; i < OUTSTANDING; i++) {
            send();
        }
    }

    void stop() {
        stopped = true;
    }

    /** @return the number of the last message that was taken. */
    long lastSequence() {
        return lastSequence;
    }

    /** @return when the server said the last word about the subscription, by {@link System#nanoTime}. */
    long heardAt() {
        return heardAt;
    }

    /** @return whether not even a keep-alive came yet. */
    boolean hasHeardNothing() {
        return heardAt == begunAt;
    }

    /** Asks for one message again that was sent and never arrived. */
    static CompletableFuture<RepublishResponse> again(Client client, UInteger subscription, long sequence) {
        return client.ask(
                new RepublishRequest(client.header(), subscription, Unsigned.uint(sequence)), RepublishResponse.class);
    }

    static long after(long sequence) {
        return sequence == HIGHEST ? 1 : sequence + 1;
    }

    /** Lets the server forget a message that was asked for again. */
    void acknowledge(long sequence) {
        acknowledgements.add(Unsigned.uint(sequence));
    }

    private void send() {
        if (stopped) {
            return;
        }
        List<SubscriptionAcknowledgement> taken = new ArrayList<>();
        for (UInteger next = acknowledgements.poll(); next != null; next = acknowledgements.poll()) {
            taken.add(new SubscriptionAcknowledgement(subscription, next));
        }
        PublishRequest request =
                new PublishRequest(client.header(Unsigned.uint(0)), taken.toArray(new SubscriptionAcknowledgement[0]));
        client.ask(request, PublishResponse.class).whenComplete(this::answered);
    }

    private synchronized void answered(@Nullable PublishResponse answer, @Nullable Throwable failure) {
        if (stopped) {
            return;
        }
        if (answer == null) {
            refused(failure);
            return;
        }
        failures = 0;
        heardAt = System.nanoTime();
        if (!subscription.equals(answer.getSubscriptionId())) {
            send(); // of a subscription that was deleted
            return;
        }
        turn = turn.thenCompose(done -> take(answer)).whenComplete((done, defect) -> {
            if (defect == null) {
                send();
            } else {
                end("a message of the server can't be taken: " + defect);
            }
        });
    }

    private CompletableFuture<Void> take(PublishResponse answer) {
        if (stopped) {
            return CompletableFuture.completedFuture(null);
        }
        NotificationMessage message = answer.getNotificationMessage();
        long sequence = message.getSequenceNumber().longValue();
        boolean news = message.getNotificationData() != null && message.getNotificationData().length > 0;
        long expected = after(lastSequence);
        long missing = Math.floorMod(sequence - expected, HIGHEST);
        if (news) {
            acknowledgements.add(message.getSequenceNumber());
        }
        if (missing > HIGHEST / 2 && missing < HIGHEST - MOST_MISSING) {
            end("the server doesn't number its messages in order");
            return CompletableFuture.completedFuture(null);
        }
        if (missing > HIGHEST / 2) {
            // an older one, which was asked for again meanwhile; a keep-alive may repeat the last number
            return news ? CompletableFuture.completedFuture(null) : listener.message(message, more(answer));
        }
        CompletableFuture<Void> before =
                missing == 0 ? CompletableFuture.completedFuture(null) : fetch(expected, missing);
        return before.thenCompose(done -> {
            if (news) {
                lastSequence = sequence;
            }
            return listener.message(message, more(answer));
        });
    }

    /** Fetches messages that were sent and never came; of too many, or those that the server no longer has, it is told that they are gone. */
    private CompletableFuture<Void> fetch(long from, long count) {
        if (count > MOST_MISSING) {
            lastSequence = Math.floorMod(from + count - 2, HIGHEST) + 1;
            listener.missed();
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (long i = 0; i < count; i++) {
            long sequence = Math.floorMod(from + i - 1, HIGHEST) + 1;
            all = all.thenCompose(done -> again(client, subscription, sequence)
                    .handle((answer, failure) -> {
                        lastSequence = sequence;
                        if (answer == null) {
                            listener.missed();
                            return CompletableFuture.<Void>completedFuture(null);
                        }
                        acknowledge(sequence);
                        return listener.message(answer.getNotificationMessage(), true);
                    })
                    .thenCompose(taken -> taken));
        }
        return all;
    }

    private void refused(@Nullable Throwable failure) {
        long code = UaException.extract(failure)
                .map(known -> known.getStatusCode().value())
                .orElse(StatusCodes.Bad_InternalError);
        if (code == StatusCodes.Bad_TooManyPublishRequests || !client.wire().isOpen()) {
            return; // the other one goes on, or the end of the connection is told elsewhere
        }
        failures++;
        if (code == StatusCodes.Bad_NoSubscription || failures >= MOST_FAILURES) {
            end("the subscription has ended: " + Statuses.name(code));
        } else {
            send();
        }
    }

    private void end(String why) {
        if (!stopped) {
            stopped = true;
            listener.ended(why);
        }
    }

    private static boolean more(PublishResponse answer) {
        return Boolean.TRUE.equals(answer.getMoreNotifications());
    }
}
