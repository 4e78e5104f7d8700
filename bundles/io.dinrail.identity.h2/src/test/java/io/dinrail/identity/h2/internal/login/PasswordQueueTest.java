package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.PasswordQueue.BUSY;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Admission.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordQueueTest {
    private static final Proof DONE = new Proof.Failed(Reason.WRONG, "done");
    private final PasswordQueue queue = new PasswordQueue();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        queue.close();
    }

    @Test
    void aFewWaitAndTheRestIsTurnedAwayAtOnce() throws Exception {
        busy("10.0.0.0");
        List<CompletableFuture<Proof>> waiting = new ArrayList<>();
        for (int i = 1; i <= PasswordQueue.MOST_WAITING; i++) {
            waiting.add(submit("10.0.0." + i));
        }

        assertThat(submit("10.0.1.1").getNow(DONE)).isEqualTo(BUSY);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        gate.countDown();
        assertThat(waiting).allMatch(each -> each.join().equals(DONE));
        assertThat(submit("10.0.1.1").join()).isEqualTo(DONE);
    }

    @Test
    void oneAddressLeavesRoomForOthers() throws Exception {
        busy("10.0.0.1");
        List<CompletableFuture<Proof>> attack = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            attack.add(submit("10.0.0.1"));
        }
        CompletableFuture<Proof> other = submit("10.0.0.2");

        assertThat(attack).filteredOn(each -> !each.isDone()).hasSize(PasswordQueue.MOST_OF_ONE - 1);
        assertThat(other).isNotDone();
        gate.countDown();
        assertThat(other.join()).isEqualTo(DONE);
        assertThat(attack.get(0).join()).isEqualTo(DONE);
        assertThat(submit("10.0.0.1").join()).isEqualTo(DONE);
    }

    @Test
    void fewAddressesThatFillItKeepNobodyElseOut() throws Exception {
        busy("10.0.0.0");
        List<CompletableFuture<Proof>> attack = new ArrayList<>();
        for (int i = 0; i < 2 * PasswordQueue.MOST_WAITING; i++) {
            attack.add(submit("10.0.0." + (1 + i % 10)));
        }
        CompletableFuture<Proof> person = submit("10.0.1.1");
        CompletableFuture<Proof> another = submit("10.0.1.2");

        assertThat(List.of(person, another)).noneMatch(CompletableFuture::isDone);
        assertThat(attack).filteredOn(each -> !each.isDone()).hasSize(PasswordQueue.MOST_WAITING - 2);
        gate.countDown();
        assertThat(person.join()).isEqualTo(DONE);
        assertThat(another.join()).isEqualTo(DONE);
        assertThat(submit("10.0.0.1").join()).isEqualTo(DONE);
    }

    @Test
    void theAddressesOfOneCableAreOne() throws Exception {
        busy("2001:db8:0:1::1");
        for (int i = 2; i < 1000; i++) {
            submit("2001:db8:0:1::" + i);
        }

        assertThat(submit("2001:db8:0:1:ffff::1").getNow(DONE)).isEqualTo(BUSY);
        assertThat(submit("2001:db8:0:2::1")).isNotDone();
    }

    @Test
    void aCheckThatBreaksIsAnAnswerTooAndTheNextIsMade() {
        CompletableFuture<Proof> broken = queue.submit("10.0.0.1", () -> {
                    throw new IllegalStateException("meant to be");
                })
                .toCompletableFuture();

        assertThat(broken.join()).isEqualTo(new Proof.Failed(Reason.UNAVAILABLE, "failed"));
        assertThat(submit("10.0.0.1").join()).isEqualTo(DONE);
    }

    @Test
    void whoWaitsWhenItEndsIsTold() throws Exception {
        busy("10.0.0.1");
        CompletableFuture<Proof> waiting = submit("10.0.0.2");
        Thread closer = new Thread(queue::close);
        closer.start();

        assertThat(waiting.join()).isEqualTo(BUSY);
        gate.countDown();
        closer.join();
        assertThat(submit("10.0.0.3").join()).isEqualTo(BUSY);
    }

    private void busy(String address) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        queue.submit(address, () -> {
            begun.countDown();
            boolean interrupted = false;
            while (gate.getCount() > 0) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return interrupted ? BUSY : DONE;
        });
        begun.await();
    }

    private CompletableFuture<Proof> submit(String address) {
        return queue.submit(address, () -> DONE).toCompletableFuture();
    }
}
