package io.dinrail.command.router.internal;

import io.dinrail.command.api.CommandTarget;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Tells the router which targets there are. A component of its own, because targets look for the router, and the two must not wait for each other. */
@Component(
        immediate = true,
        service = {})
public final class TargetTracker {
    private final StoredRouter router;

    @Activate
    public TargetTracker(@Reference StoredRouter router) {
        this.router = router;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindTarget(CommandTarget target, Map<String, ?> properties) {
        router.add(target, properties);
    }

    void unbindTarget(CommandTarget target) {
        router.remove(target);
    }
}
