package io.dinrail.broker.internal.store;

import java.time.Duration;

/**
 * What was found at the start.
 *
 * @param frames whole frames read.
 * @param tornBytes bytes cut off at the end, never acknowledged as forced.
 * @param damages places in the middle that can't be read.
 * @param newDamages those of them that were not known before; they are set aside.
 * @param lostFrames frames that stood there.
 * @param lostEntries queue entries and retained topics whose message stood there; the store counts them.
 */
public record RecoveryReport(
        long frames, long tornBytes, int damages, int newDamages, long lostFrames, long lostEntries, Duration took) {
    RecoveryReport with(long entries, Duration total) {
        return new RecoveryReport(frames, tornBytes, damages, newDamages, lostFrames, entries, total);
    }
}
