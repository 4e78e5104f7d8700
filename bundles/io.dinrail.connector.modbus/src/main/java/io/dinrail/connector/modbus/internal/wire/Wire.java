package io.dinrail.connector.modbus.internal.wire;

import io.dinrail.connector.modbus.internal.wire.WireException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one endpoint, shared by the units behind it. It is made when it is needed and closed at the first thing that can't be believed; the
 * next request makes it anew. For one thread, but for {@link #close} and {@link #closeIfIdle}.
 */
public final class Wire implements AutoCloseable {
    /** After this long without a word a peer may have gone without our noticing. */
    private static final long DOUBTFUL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long SHORTEST_MEETING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MEETING_ROUND_TRIPS = 5;
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_NOISE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Dialer dialer;
    private final Framing framing;
    private final Counting counting;
    private final Pace pace;
    private final Pending pending = new Pending();
    private final Deque<Outcome> ended = new ArrayDeque<>();
    /** Units that were asked for an echo once, those that answer, be it with a refusal, and those that were asked in vain. */
    private final Set<Integer> met = new HashSet<>();

    private final Set<Integer> echoing = new HashSet<>();
    private final Set<Integer> withoutEcho = new HashSet<>();
    private final ReentrantLock busy = new ReentrantLock();
    private volatile @Nullable Line line;
    private volatile boolean stopped = true;
    private Inbox inbox = new Inbox(NoLine.INSTANCE);
    private volatile long lastWord;
    private int transaction;

    Wire(Dialer dialer, Framing framing, Counting counting, Pace pace) {
        this.dialer = dialer;
        this.framing = framing;
        this.counting = counting;
        this.pace = pace;
    }

    /**
     * Makes the connection, unless it stands.
     *
     * @throws WireException if there is none within the timeout.
     */
    public void connect() throws WireException {
        busy.lock();
        try {
            stopped = false;
            connected();
        } finally {
            busy.unlock();
        }
    }

    /**
     * Sends a request, connecting first if need be.
     *
     * @param unit whom to ask.
     * @param request what to ask.
     * @param patience how long to wait for the answer.
     * @return the transaction of the exchange that {@link #await} will tell of.
     * @throws WireException if nothing was sent, or it isn't known; whatever was in flight has no answer.
     */
    public int send(int unit, Request request, Duration patience) throws WireException {
        busy.lock();
        try {
            connected();
            boolean unsettled = framing.isAmbiguous(unit) && !settle(unit, patience);
            Exchange exchange = exchange(unit, request, patience);
            if (unsettled) {
                counting.silent();
                ended.add(new Outcome.Silent(exchange));
            } else {
                transmit(exchange);
            }
            return exchange.transaction();
        } finally {
            busy.unlock();
        }
    }

    /**
     * Waits until an exchange in flight ends.
     *
     * @return how it ended.
     * @throws WireException if the connection is of no more use; whatever was in flight has no answer.
     * @throws IllegalStateException if nothing is in flight.
     */
    public Outcome await() throws WireException {
        busy.lock();
        try {
            Outcome early = ended.poll();
            Outcome outcome = early != null ? early : received();
            if (framing.canBeAmbiguous() && !(outcome instanceof Outcome.Silent)) {
                meet(outcome.exchange());
            }
            return outcome;
        } finally {
            lastWord = System.nanoTime();
            busy.unlock();
        }
    }

    /** @return how many exchanges have not ended. */
    public int inFlight() {
        return pending.size() + ended.size();
    }

    /** Forgets what is in flight: its answers will be late ones. */
    public void forget() {
        while (pending.oldest().isPresent()) {
            Exchange exchange = pending.oldest().get();
            pending.remove(exchange);
            framing.expired(exchange);
        }
        ended.clear();
    }

    /** Closes the connection until {@link #connect} is called; ends what another thread waits for on it. For any thread. */
    @Override
    public void close() {
        stopped = true;
        hangUp();
    }

    private void hangUp() {
        Line open = line;
        line = null;
        if (open != null) {
            open.close();
        }
    }

    /** Closes the connection if nothing was asked for long enough; for any thread, never waits. */
    void closeIfIdle() {
        if (busy.tryLock()) {
            try {
                if (System.nanoTime() - lastWord >= pace.idleClose().toNanos()) {
                    hangUp();
                }
            } finally {
                busy.unlock();
            }
        }
    }

    private void connected() throws WireException {
        if (line != null && inFlight() == 0 && System.nanoTime() - lastWord > DOUBTFUL_NANOS) {
            probe();
        }
        if (stopped) {
            throw new WireException(Kind.CONNECT, "is not connected", new LineEndedException());
        }
        if (line != null) {
            return;
        }
        pending.clear();
        ended.clear();
        framing.reconnected();
        try {
            Line fresh = dialer.dial();
            inbox = new Inbox(fresh);
            line = fresh;
            if (stopped) { // meanwhile, by another thread
                hangUp();
            }
        } catch (IOException e) {
            throw new WireException(Kind.CONNECT, "can't be connected: " + reason(e), e);
        }
        sleep(pace.connectDelay().toNanos());
        lastWord = System.nanoTime() - pace.requestGap().toNanos();
    }

    /** A peer that closed an idle connection is not to cost a request that could be sent on a new one. */
    private void probe() {
        try {
            inbox.holds(1, System.nanoTime());
        } catch (IOException e) {
            hangUp();
        }
    }

    private Exchange exchange(int unit, Request request, Duration patience) {
        transaction = transaction + 1 & 0xFFFF;
        long now = System.nanoTime();
        return new Exchange(transaction, unit, request, now, now + patience.toNanos());
    }

    /** What came unasked condemns the connection, but not the request that was not sent on it yet. */
    private void clear(int unit) throws WireException {
        try {
            if (pending.size() == 0) {
                framing.clear(inbox);
            }
        } catch (Violation e) {
            violated(unit, e);
            connected();
        } catch (IOException e) {
            hangUp();
            connected();
        }
    }

    private void transmit(Exchange exchange) throws WireException {
        rest();
        clear(exchange.unit());
        Line open = line;
        try {
            if (open == null) {
                throw new LineEndedException();
            }
            byte[] frame = framing.frame(exchange);
            open.send(frame);
            counting.sent(frame.length);
            lastWord = System.nanoTime();
            // counted from here, for the pause is ours and not the device's
            pending.add(new Exchange(
                    exchange.transaction(),
                    exchange.unit(),
                    exchange.request(),
                    lastWord,
                    lastWord + exchange.deadline() - exchange.sentAt()));
        } catch (IOException e) {
            throw ended(exchange.unit(), e);
        }
    }

    private Outcome received() throws WireException {
        Exchange oldest = pending.oldest().orElseThrow(() -> new IllegalStateException("nothing is in flight"));
        long before = inbox.received();
        try {
            Optional<Outcome> outcome = framing.receive(inbox, pending, oldest.deadline());
            if (outcome.isEmpty()) {
                return expired(oldest);
            }
            Exchange exchange = outcome.get().exchange();
            pending.remove(exchange);
            counting.answered((int) (inbox.received() - before), System.nanoTime() - exchange.sentAt());
            return outcome.get();
        } catch (Violation e) {
            throw violated(oldest.unit(), e);
        } catch (IOException e) {
            throw ended(oldest.unit(), e);
        }
    }

    private Outcome expired(Exchange exchange) {
        pending.remove(exchange);
        framing.expired(exchange);
        if (!exchange.request().isEcho()) {
            counting.silent();
        }
        return new Outcome.Silent(exchange);
    }

    /** After the first answer of a unit: finds out whether it echoes, before that matters. */
    private void meet(Exchange first) {
        if (!met.add(first.unit())) {
            return;
        }
        long roundTrip = System.nanoTime() - first.sentAt();
        Duration patience = Duration.ofNanos(Math.max(SHORTEST_MEETING_NANOS, MEETING_ROUND_TRIPS * roundTrip));
        try {
            transmit(exchange(first.unit(), Request.echo(transaction), patience));
            if (!(received() instanceof Outcome.Silent)) {
                echoing.add(first.unit());
            }
        } catch (WireException e) {
            met.remove(first.unit()); // counted, and the next request finds the connection as it is now
        }
    }

    /**
     * Asks for something that no late answer looks like. A device answers in order, so once it did, nothing late can come from it any more. One that
     * doesn't know the function says so, which is as good; of one that is silent to echoes something of another length is read.
     */
    private boolean settle(int unit, Duration patience) throws WireException {
        Optional<Request> question = mayEcho(unit) ? Optional.of(Request.echo(transaction)) : framing.unlikeLate(unit);
        if (question.isPresent()) {
            transmit(exchange(unit, question.get(), patience));
            if (received() instanceof Outcome.Silent) {
                withoutEcho.add(unit);
                return false;
            }
            if (question.get().isEcho()) {
                echoing.add(unit);
            }
        }
        framing.settled(unit);
        return true;
    }

    /** @return whether an echo is to be asked for: of who is known to give it always, of the others once. */
    private boolean mayEcho(int unit) {
        return echoing.contains(unit) || !met.contains(unit) && !withoutEcho.contains(unit);
    }

    private WireException violated(int unit, Violation violation) {
        counting.violated(violation.fault());
        drop();
        return new WireException(Kind.VIOLATION, "unit " + unit + ": " + violation.getMessage(), violation);
    }

    private WireException ended(int unit, IOException cause) {
        counting.violated(inbox.isEmpty() ? Fault.CLOSED : Fault.TRUNCATED);
        forgetAll();
        hangUp();
        return new WireException(Kind.CLOSED, "unit " + unit + ": " + reason(cause), cause);
    }

    private void drop() {
        if (dialer.helpsToRedial()) {
            forgetAll();
            hangUp();
            return;
        }
        forget();
        try {
            long end = System.nanoTime() + LONGEST_NOISE_NANOS;
            inbox.clear();
            while (inbox.holds(1, System.nanoTime() + QUIET_NANOS) && System.nanoTime() < end) {
                inbox.clear();
            }
        } catch (IOException e) {
            hangUp();
        }
    }

    private void forgetAll() {
        forget();
        inbox.clear();
    }

    private static String reason(IOException e) {
        if (e instanceof LineEndedException || e instanceof DialException) {
            return String.valueOf(e.getMessage());
        }
        return "broke the connection (" + e.getMessage() + ")";
    }

    /** What comes until then was not asked for. */
    private void rest() throws WireException {
        Line open = line;
        long silence = open == null ? 0 : open.silenceNanos();
        sleep(Math.max(pace.requestGap().toNanos(), silence) - (System.nanoTime() - lastWord));
    }

    private static void sleep(long nanos) throws WireException {
        if (nanos <= 0) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WireException(Kind.CLOSED, "was interrupted", e);
        }
    }

    /** Before the first connection. */
    private enum NoLine implements Line {
        INSTANCE;

        @Override
        public void send(byte[] frame) throws IOException {
            throw new LineEndedException();
        }

        @Override
        public int receive(byte[] into, int offset, int most, long deadline) throws IOException {
            throw new LineEndedException();
        }

        @Override
        public boolean hasBytes() {
            return false;
        }

        @Override
        public void close() {}
    }
}
