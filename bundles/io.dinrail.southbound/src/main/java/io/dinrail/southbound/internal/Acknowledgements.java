package io.dinrail.southbound.internal;

import io.dinrail.alert.api.AlertOwner;
import io.dinrail.model.api.TagId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Passes acknowledgements of alerts back to the devices whose alarms they are. */
@Component(immediate = true)
public final class Acknowledgements implements AlertOwner {
    private final HostTags tags;

    @Activate
    public Acknowledgements(@Reference HostTags tags) {
        this.tags = tags;
    }

    @Override
    public void acknowledged(TagId tag, String condition, String note) {
        tags.acknowledge(tag, condition, note);
    }
}
