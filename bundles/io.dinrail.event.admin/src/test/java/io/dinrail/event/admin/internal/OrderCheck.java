package io.dinrail.event.admin.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.ReadingConsumer;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.DeviceId;
import java.util.List;
import java.util.Map;

/** Throws as soon as a device's number isn't the one after its last. */
record OrderCheck(Map<DeviceId, Long> last) implements ReadingConsumer {
    @Override
    public void accept(List<RecordedReading> readings) {
        for (RecordedReading recorded : readings) {
            long before = last.merge(recorded.reading().tag().device(), 1L, Long::sum);
            if (recorded.seq() != before) {
                throw new IllegalStateException(recorded + " came as number " + before);
            }
        }
    }

    @Override
    public void lost(Gap gap) {
        throw new IllegalStateException(gap.toString());
    }
}
