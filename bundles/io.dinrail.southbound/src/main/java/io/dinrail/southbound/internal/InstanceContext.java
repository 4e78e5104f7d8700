package io.dinrail.southbound.internal;

import io.dinrail.connector.api.TagSpec;
import java.util.Collection;
import java.util.function.DoubleSupplier;

/**
 * What belongs to an instance for as long as it is configured, whichever thread and connector serve it.
 *
 * @param name the instance's name.
 * @param time the clocks.
 * @param life its state machine.
 * @param board its tags.
 * @param problems what of its configuration is refused.
 * @param counters its counters.
 * @param mailbox where its thread finds work.
 * @param crashes its crashes so far.
 * @param losses what all instances lost.
 * @param random from 0 to 1, to spread retries.
 * @param reachable hears that the tags' devices can be written now.
 */
record InstanceContext(
        String name,
        Timepiece time,
        LifeCycle life,
        TagBoard board,
        Problems problems,
        Counters counters,
        Mailbox mailbox,
        Crashes crashes,
        Losses losses,
        DoubleSupplier random,
        Reachable reachable) {

    /** Hears that devices can be reached (again). */
    interface Reachable {
        void now(Collection<TagSpec> tags);
    }

    /** Takes no requests any more, and answers those that wait. */
    void disconnect(String reason) {
        Mailbox.Rest rest = mailbox.shut();
        rest.writes().forEach(write -> write.notConnected(notConnected(reason)));
        rest.reads().forEach(read -> read.result().complete(board.unreachable(read.tag())));
    }

    String notConnected(String reason) {
        return "the connector " + name + " is not connected: nothing was sent"
                + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    /** Counts reports that came faster than they could be taken. */
    void flooded(int count) {
        counters.add(Counter.LOST, count);
        losses.reportsFlooded(count);
    }
}
