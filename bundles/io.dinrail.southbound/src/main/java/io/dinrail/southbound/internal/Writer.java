package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.WriteResult;
import io.dinrail.connector.api.WriteResult.Verdict;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagValue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Writes a tag and looks what became of it. For the instance's thread. */
final class Writer {
    /** A PLC takes a written value over with its next scan. */
    private static final int LOOKS = 3;

    private final InstanceContext context;
    private final Session<?> session;
    private final Duration wait;

    Writer(InstanceContext context, Session<?> session, Duration wait) {
        this.context = context;
        this.session = session;
        this.wait = wait;
    }

    /**
     * Carries a request out; it is answered in any case.
     *
     * @return whether the device answered, be it with a refusal.
     * @throws ConnectorException if the connection was lost over it.
     */
    boolean write(WriteRequest request) throws ConnectorException, InterruptedException {
        if (request.expires().isBefore(context.time().now())) {
            request.expire();
            return false;
        }
        if (!recorded(request)) {
            return false;
        }
        boolean kept = false;
        try {
            Optional<TagValue> before = request.tag().goodRaw();
            session.write(request.tag(), request.raw());
            request.result().complete(lookAfter(request, before));
            return true;
        } catch (ConnectorException e) {
            if (e.reason() == Reason.REFUSED) {
                request.refuse(String.valueOf(e.getMessage()), e.code());
                return true;
            }
            kept = keptForAgain(request);
            if (!kept) {
                request.unverified("the connection was lost while it was written: " + e.getMessage());
            }
            throw e;
        } finally {
            if (!kept) { // only left open by something unforeseen
                request.unverified("the connector failed while it was written: read the tag");
            }
        }
    }

    /** Whoever asked must be able to tell after a crash that it may have been sent. */
    private static boolean recorded(WriteRequest request) {
        try {
            request.sending().run();
            return true;
        } catch (RuntimeException e) {
            request.refuse("it could not be recorded as sent, so nothing was sent: " + e.getMessage());
            return false;
        }
    }

    /** Only what was asked for as idempotent is written again: nobody knows whether the device has it. */
    private boolean keptForAgain(WriteRequest request) {
        return request.idempotent() && context.mailbox().keep(request.again());
    }

    private WriteResult lookAfter(WriteRequest request, Optional<TagValue> before)
            throws ConnectorException, InterruptedException {
        if (!request.tag().spec().access().reads()) {
            return unverified("the tag is write-only and can't be read back");
        }
        try {
            return lookUntilApplied(request, before);
        } catch (ConnectorException e) {
            if (e.reason() == Reason.REFUSED) {
                return unverified("written, but not read back: " + e.getMessage());
            }
            throw e;
        }
    }

    private WriteResult lookUntilApplied(WriteRequest request, Optional<TagValue> before)
            throws ConnectorException, InterruptedException {
        Sample sample = look(request.tag());
        for (int looks = 1; looks < LOOKS && verdict(before, request, sample) != Verdict.APPLIED; looks++) {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            sample = look(request.tag());
        }
        Reading reading = context.board().acceptAsked(request.tag(), sample);
        if (!reading.quality().isGood()) {
            return unverified("written, but what was read back is " + reading.quality());
        }
        Verdict verdict = verdict(before, request, sample);
        return new WriteResult(verdict, reading.value(), detail(verdict, request, reading));
    }

    private Sample look(TagState tag) throws ConnectorException {
        return session.read(tag);
    }

    private static Verdict verdict(Optional<TagValue> before, WriteRequest request, Sample sample) {
        return sample.quality().isGood()
                ? WriteJudge.judge(before, request.raw(), sample.value().orElseThrow())
                : Verdict.UNVERIFIED;
    }

    private static String detail(Verdict verdict, WriteRequest request, Reading reading) {
        String now = reading.value().map(TagValue::toString).orElse("nothing");
        return switch (verdict) {
            case APPLIED -> "";
            case CLAMPED -> "the device took " + now + " instead of " + request.value();
            case NOT_KEPT -> "the device still has " + now + ", not " + request.value();
            default -> "the device has " + now + " now, which is neither " + request.value() + " nor its value before";
        };
    }

    private static WriteResult unverified(String why) {
        return new WriteResult(Verdict.UNVERIFIED, Optional.empty(), why);
    }
}
