package io.dinrail.demo.line.internal;

import static java.util.Objects.requireNonNullElse;

import io.dinrail.command.api.CommandException;
import io.dinrail.command.api.CommandRouter;
import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.CommandChanged;
import io.dinrail.event.api.ReadingsRecorded;
import io.dinrail.event.api.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the bus and lets the {@link Story} tell it on the platform's standard output, which is the terminal of the demo. It shows the newest values only,
 * so it hears of readings as events and takes no place in the journal, which would stay there when the demo is removed.
 */
@Component(
        property = {
            EventConstants.EVENT_TOPIC + "=" + Topics.READING_RECORDED,
            EventConstants.EVENT_TOPIC + "=" + Topics.ALERT + "*",
            EventConstants.EVENT_TOPIC + "=" + Topics.COMMAND + "*"
        })
public final class Narrator implements EventHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Narrator.class);
    private static final Duration TICK = Duration.ofMillis(500);
    /** Readings are only told, not kept: a thread that lags this far behind skips them. */
    private static final int MOST_WAITING = 1_000;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread made = new Thread(work, "dinrail-demo-story");
        made.setDaemon(true);
        return made;
    });
    private final Story story;
    private volatile Optional<CommandRouter> router = Optional.empty();

    @Activate
    public Narrator(BundleContext context) {
        Guide guide = Guide.of(
                key -> requireNonNullElse(context.getProperty(key), ""),
                key -> requireNonNullElse(System.getenv(key), ""));
        story = new Story(Clock.systemUTC(), System.out::println, guide, this::cool);
        thread.scheduleWithFixedDelay(
                () -> guarded(story::tick), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRouter(CommandRouter arrived) {
        router = Optional.of(arrived);
    }

    void unbindRouter(CommandRouter gone) {
        router = router.filter(held -> held != gone);
    }

    @Deactivate
    void stop() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(4, TimeUnit.SECONDS);
    }

    @Override
    public void handleEvent(Event event) {
        BusEvents.unwrap(event, ReadingsRecorded.class)
                .ifPresent(recorded -> tell(() -> recorded.readings().forEach(story::reading)));
        BusEvents.unwrap(event, AlertChanged.class).ifPresent(alert -> tell(() -> story.alert(alert)));
        BusEvents.unwrap(event, CommandChanged.class).ifPresent(command -> tell(() -> story.command(command)));
    }

    private void tell(Runnable what) {
        if (!thread.isShutdown() && thread.getQueue().size() < MOST_WAITING) {
            thread.execute(() -> guarded(what));
        }
    }

    /** A periodic task that throws would never run again. */
    private static void guarded(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.warn("the demo's story stumbled", e);
        }
    }

    private String cool() throws Story.NotSentException {
        CommandRouter now =
                router.orElseThrow(() -> new Story.NotSentException("the feature dinrail-commands is not installed"));
        try {
            return now.send(Machine.FILLER.device(), "write", Guide.COOL, "demo", Duration.ofMinutes(1))
                    .id();
        } catch (CommandException e) {
            throw new Story.NotSentException(String.valueOf(e.getMessage()));
        }
    }
}
