package io.dinrail.broker.front;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the broker is told: the platform's properties win over the file.
 *
 * @param listening where.
 * @param folder where everything is kept.
 * @param keeping what is kept for whom.
 * @param bounds what a client may.
 * @param capacity what there is for all.
 * @param anonymousRuleSet of who comes without a login; empty if nobody may.
 */
public record Settings(
        Listening listening, Path folder, Keeping keeping, Bounds bounds, Capacity capacity, String anonymousRuleSet) {
    /**
     * Merges the file with the platform's properties.
     *
     * @param config the file.
     * @param property looks a platform property up; null if it isn't set.
     * @return the settings.
     * @throws IllegalArgumentException if something is refused; the message names the key.
     */
    public static Settings of(BrokerConfig config, UnaryOperator<String> property) {
        return new Settings(
                Listening.of(config, property),
                Path.of(text("dinrail.data", "data", property), "broker"),
                Keeping.of(config),
                Bounds.of(config),
                Capacity.of(config),
                config.anonymous_rule_set().trim());
    }

    static String text(String name, String otherwise, UnaryOperator<String> property) {
        return Optional.ofNullable(property.apply(name))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .orElse(otherwise);
    }
}
