package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Installs every feature by itself into a platform that has nothing but the shell, and all of them one after the other. */
final class FeaturesIT {
    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = ExamPlatform.with("dinrail-boot").start();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    static List<String> features() {
        return platform.ask("feature:list --no-format")
                .lines()
                .map(line -> line.split("\t")[0].strip())
                .filter(name -> name.startsWith("dinrail-") && !name.equals("dinrail-boot"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("features")
    void aFeatureComesAndGoesAlone(String feature) {
        Map<String, String> before = platform.bundles();
        int mark = platform.log().length();

        platform.ask("feature:install " + feature);
        assertThat(touched(mark)).isEmpty();
        assertThat(platform.bundles()).containsAllEntriesOf(before);

        platform.ask("feature:uninstall " + feature);
        assertThat(platform.bundles()).isEqualTo(before);
        assertThat(touched(mark)).doesNotContainAnyElementsOf(before.keySet());
    }

    @Test
    void featuresComeAndGoOneAfterTheOtherAndTouchNoOther() {
        Map<String, String> before = platform.bundles();
        List<String> features = features();
        int mark = platform.log().length();

        features.forEach(feature -> platform.ask("feature:install " + feature));
        assertThat(touched(mark)).isEmpty();
        for (String feature : features) {
            int removal = platform.log().length();
            platform.ask("feature:uninstall " + feature);
            assertThat(touched(removal))
                    .doesNotContainAnyElementsOf(platform.bundles().keySet());
        }
        assertThat(platform.bundles()).isEqualTo(before);
    }

    /** @return the bundles that Karaf has stopped or refreshed since then. */
    private static Set<String> touched(int mark) {
        return Deployments.touched(platform.log().substring(mark));
    }
}
