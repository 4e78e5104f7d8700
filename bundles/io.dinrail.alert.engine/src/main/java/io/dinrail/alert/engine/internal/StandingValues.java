package io.dinrail.alert.engine.internal;

import io.dinrail.event.api.Journal;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells the engine what tags stand at that it hears nothing of: a tag that reports changes is silent while it stays beyond a limit that was set later. A
 * component of its own, because the journal looks for the engine, and the two must not wait for each other.
 */
@Component(
        immediate = true,
        service = {})
public final class StandingValues {
    private final AlertEngine engine;
    private final LiveReadings live;
    private final Journal journal;

    @Activate
    public StandingValues(@Reference AlertEngine engine, @Reference LiveReadings live, @Reference Journal journal) {
        this.engine = engine;
        this.live = live;
        this.journal = journal;
        engine.ask(this::find);
    }

    @Deactivate
    public void stop() {
        engine.ask(tags -> Optional.empty());
    }

    /**
     * Looks values up, then whether the feed has handed everything over: only then is none of them still to come, and none of them overtakes an older one.
     */
    private Optional<Map<TagId, Reading>> find(Set<TagId> tags) {
        Map<TagId, Reading> found = new HashMap<>();
        tags.forEach(
                tag -> live.latest(tag).map(RecordedReading::reading).ifPresent(reading -> found.put(tag, reading)));
        boolean caughtUp = journal.status().consumers().stream()
                .anyMatch(place -> place.name().equals(AlertEngine.CONSUMER) && place.present() && place.lag() == 0);
        return caughtUp ? Optional.of(found) : Optional.empty();
    }
}
