package io.dinrail.event.admin.internal;

import io.dinrail.event.api.ReadingConsumer;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds consumers. It is a component apart from the bus, because a consumer may itself need the bus to exist: in one component that is a circle. */
@Component(service = {})
public final class ConsumerWhiteboard {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerWhiteboard.class);

    private final ConsumerPlaces places;

    @Activate
    public ConsumerWhiteboard(@Reference JournalledBus bus) {
        places = bus.places();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bind(ReadingConsumer consumer, Map<String, Object> properties) {
        name(properties)
                .ifPresentOrElse(
                        name -> places.arrive(name, consumer),
                        () -> LOG.error(
                                "A reading consumer is not fed: {} has no service property {} of 1 to 100 printable characters.",
                                consumer.getClass().getName(),
                                ReadingConsumer.NAME));
    }

    public void unbind(ReadingConsumer consumer, Map<String, Object> properties) {
        name(properties).ifPresent(name -> places.leave(name, consumer));
    }

    private static Optional<String> name(Map<String, Object> properties) {
        return Optional.ofNullable(properties.get(ReadingConsumer.NAME))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(name -> name.matches("\\P{Cntrl}{1,100}"));
    }

    @Deactivate
    public void deactivate() {
        places.endAll();
    }
}
