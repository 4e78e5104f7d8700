package io.dinrail.boot.internal;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * The features that the property {@code dinrail.features} names. Karaf installs them at the first start of a data folder only;
 * what was added to the property since is added here.
 */
final class WantedFeatures {
    private final FeaturesService features;
    private final Set<String> wanted;

    WantedFeatures(FeaturesService features, BundleContext context) {
        this.features = features;
        this.wanted = names(context.getProperty("dinrail.features"));
    }

    static Set<String> names(@Nullable String list) {
        return Stream.of(Optional.ofNullable(list).orElse("").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** @return what was added; empty when all of it was there. */
    Set<String> install() throws Exception {
        Set<String> missing = new LinkedHashSet<>(wanted);
        for (Feature installed : features.listInstalledFeatures()) {
            missing.remove(installed.getName());
        }
        if (!missing.isEmpty()) {
            features.installFeatures(missing, EnumSet.noneOf(FeaturesService.Option.class));
        }
        return missing;
    }
}
