package io.dinrail.shell.internal;

import io.dinrail.connector.api.Periods;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.event.api.Topics;
import io.dinrail.identity.api.Role;
import io.dinrail.model.api.DeviceId;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "tag-watch", description = "Prints each new reading until Ctrl-C")
final class TagWatchCommand extends PlatformCommand {
    /** Without a limit; nobody watches longer. */
    private static final Duration FOREVER = Duration.ofDays(10_000);

    @Argument(name = "device", description = "The device", required = true)
    @Completion(TagDevices.class)
    private String device;

    @Argument(index = 1, name = "tag", description = "The tag; all of the device unless told")
    @Completion(TagNames.class)
    private @Nullable String tag;

    @Option(name = "--for", description = "End after this time, such as 10s")
    private @Nullable String longest;

    @Option(name = "--count", description = "End after so many readings")
    private long count = Long.MAX_VALUE;

    @Option(name = "--json", description = "Print one JSON array, element by element, and nothing else")
    private boolean json;

    @Override
    void run(Call call) throws Exception {
        call.services().require(LiveReadings.class);
        DeviceId id = new DeviceId(device);
        Optional<Duration> limit = Optional.ofNullable(longest).map(Periods::parse);
        Watch watch = new Watch(id, Optional.ofNullable(tag));
        ServiceRegistration<?> registration = call.services()
                .register(EventHandler.class, watch, Map.of(EventConstants.EVENT_TOPIC, Topics.READING_RECORDED));
        try {
            follow(watch, limit, call.out());
        } finally {
            registration.unregister();
        }
    }

    private void follow(Watch watch, Optional<Duration> limit, PrintStream out) {
        long end = System.nanoTime() + limit.orElse(FOREVER).toNanos();
        long printed = 0;
        boolean ended = false;
        out.print(json ? "[" : "");
        try {
            while (printed < count) {
                Optional<RecordedReading> next = watch.next(Duration.ofNanos(end - System.nanoTime()));
                if (next.isEmpty()) {
                    break;
                }
                print(next.get(), printed++ == 0, out);
            }
        } catch (InterruptedException e) {
            ended = true; // Ctrl-C, the way to end a watch: no failure
        }
        out.print(json ? "]\n" : "");
        out.flush();
        if (watch.skipped() > 0) {
            System.err.println(watch.skipped() + " readings came faster than they could be printed and are left out");
        }
        if (ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(RecordedReading recorded, boolean first, PrintStream out) {
        if (json) {
            out.print((first ? "\n" : ",\n") + ReadingForm.json(recorded));
        } else {
            out.println(ReadingForm.line(recorded.reading()) + " seq " + recorded.seq());
        }
        out.flush();
    }
}
