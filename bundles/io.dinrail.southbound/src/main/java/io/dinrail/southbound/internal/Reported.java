package io.dinrail.southbound.internal;

import io.dinrail.connector.api.DeviceAlarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a device reported since the last look, sorted by what is done with it. For one thread. */
final class Reported {
    /**
     * News of an alarm.
     *
     * @param tag the tag that names where it comes from.
     * @param alarm its state; empty if all that stand were told.
     * @param standing the names of those that stand, if all were told.
     */
    record AlarmNews(TagState tag, Optional<DeviceAlarm> alarm, Set<String> standing) {}

    private final List<TagBoard.Sampled> samples = new ArrayList<>();
    private final List<AlarmNews> alarms = new ArrayList<>();

    List<TagBoard.Sampled> samples() {
        return samples;
    }

    List<AlarmNews> alarms() {
        return alarms;
    }
}
