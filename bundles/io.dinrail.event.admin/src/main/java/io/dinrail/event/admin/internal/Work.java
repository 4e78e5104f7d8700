package io.dinrail.event.admin.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.RecordedReading;
import java.util.ArrayList;
import java.util.List;

/**
 * What a consumer gets next.
 *
 * @param gaps what it is told first.
 * @param readings what it is handed then.
 */
record Work(List<Gap> gaps, List<RecordedReading> readings) {
    static final Work NONE = new Work(List.of(), List.of());

    boolean isEmpty() {
        return gaps.isEmpty() && readings.isEmpty();
    }

    Work withoutFirstGap() {
        return new Work(gaps.subList(1, gaps.size()), readings);
    }

    Work withoutReadings() {
        return gaps.isEmpty() ? NONE : new Work(gaps, List.of());
    }

    /** The same with its readings given up. */
    Work lost() {
        List<Gap> all = new ArrayList<>(gaps);
        all.addAll(GapList.of(readings));
        return new Work(all, List.of());
    }
}
