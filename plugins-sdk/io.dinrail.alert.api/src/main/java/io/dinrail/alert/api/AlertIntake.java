package io.dinrail.alert.api;

import io.dinrail.model.api.TagId;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where alarms that devices keep by themselves become alerts of the platform: raised once, acknowledged, cleared, kept in the store. Safe for use by many
 * threads, blocks on the store.
 */
@ProviderType
public interface AlertIntake {
    /**
     * Takes states of alarms. Telling the same state again changes nothing.
     *
     * @param states in their order.
     * @throws RuleException if the store can't be written; those before the one that failed are kept, and all may be told again.
     */
    void take(List<ConditionState> states) throws RuleException;

    /**
     * Hears which alarms of a tag stand at the device, all of them: other alerts that came in under this tag are cleared.
     *
     * @param tag which.
     * @param conditions the names of those that stand, possibly none.
     * @throws RuleException if the store can't be written; tell it again.
     */
    void standing(TagId tag, Set<String> conditions) throws RuleException;
}
