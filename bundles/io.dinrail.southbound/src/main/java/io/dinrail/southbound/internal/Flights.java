package io.dinrail.southbound.internal;

import io.dinrail.command.api.CommandTarget.Progress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The commands that are under way, and the newest that have come to an end: one that is handed over again is not carried out again, whoever hands it over
 * hears of the first time. Safe for use by many threads.
 */
final class Flights {
    /** Enough for what can end while the router is exchanged. */
    private static final int MOST_ENDED = 1_000;

    private final Map<String, Flight> underWay = new HashMap<>();
    private final Map<String, Flight> ended = new LinkedHashMap<>();

    /** @return the flight to begin; empty if the command was under way or done already, which the listener is told of. */
    Optional<Flight> begin(String id, Progress listener) {
        Flight known;
        synchronized (this) {
            known = underWay.getOrDefault(id, ended.get(id));
            if (known == null) {
                Flight fresh = new Flight(listener);
                underWay.put(id, fresh);
                return Optional.of(fresh);
            }
        }
        known.listen(listener);
        return Optional.empty();
    }

    /** It is done, whatever came of it: told first, so that nobody misses it in between. */
    void end(String id, Flight flight, Flight.News result) {
        flight.tell(result);
        synchronized (this) {
            underWay.remove(id);
            ended.put(id, flight);
            if (ended.size() > MOST_ENDED) {
                ended.remove(ended.keySet().iterator().next());
            }
        }
    }

    /** It was not sent, and may be handed over again. */
    void giveBack(String id, Flight flight, String reason) {
        synchronized (this) {
            underWay.remove(id);
        }
        flight.tell(listener -> listener.unreachable(reason));
    }
}
