package io.dinrail.shell.internal;

import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.ReadingsRecorded;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.TagId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;

/** Overhears readings of one device for as long as somebody looks; what a slow terminal can't take is counted. */
final class Watch implements EventHandler {
    private static final int HELD = 10_000;

    private final DeviceId device;
    private final Optional<String> tag;
    private final BlockingQueue<RecordedReading> queue = new LinkedBlockingQueue<>(HELD);
    private final AtomicLong skipped = new AtomicLong();

    Watch(DeviceId device, Optional<String> tag) {
        this.device = device;
        this.tag = tag;
    }

    @Override
    public void handleEvent(Event event) {
        BusEvents.unwrap(event, ReadingsRecorded.class).stream()
                .flatMap(recorded -> recorded.readings().stream())
                .filter(recorded -> wanted(recorded.reading().tag()))
                .filter(recorded -> !queue.offer(recorded))
                .forEach(recorded -> skipped.incrementAndGet());
    }

    Optional<RecordedReading> next(Duration longest) throws InterruptedException {
        return Optional.ofNullable(queue.poll(longest.toNanos(), TimeUnit.NANOSECONDS));
    }

    long skipped() {
        return skipped.get();
    }

    private boolean wanted(TagId id) {
        return id.device().equals(device) && tag.map(id.tag()::equals).orElse(true);
    }
}
