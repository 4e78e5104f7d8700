package io.dinrail.identity.h2.internal.rules;

import java.util.Optional;
import java.util.function.BiConsumer;

/** The rule sets in force; answers from memory, safe for use by many threads. */
public interface Rules {
    /**
     * Looks a rule set up: the organisation's own of that name, else the shipped one.
     *
     * @param organisation its id.
     * @param name the rule set's.
     * @return what it grants; empty if there is none. One that is damaged grants nothing, and says so in every explanation.
     */
    Optional<Grant> find(String organisation, String name);

    /**
     * Asks to be told of changes.
     *
     * @param watcher hears organisation and name of each rule set that was changed or removed, on the changer's thread.
     * @return takes the watcher away again.
     */
    Runnable watch(BiConsumer<String, String> watcher);
}
