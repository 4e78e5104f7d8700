package io.dinrail.testkit.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Looks at the classes of the bundle whose test run this is part of. */
class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void noPackageIsPartOfACycle() {
        slices().matching("io.dinrail.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void noClassUsesAnotherBundlesInternals() {
        String own = System.getProperty("basedir", "");
        String bundle = own.isEmpty() ? "" : Path.of(own).getFileName().toString();
        noClasses()
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are internal to another bundle",
                        type -> type.getPackageName().startsWith("io.dinrail.")
                                && type.getPackageName().contains(".internal")
                                && !type.getPackageName().startsWith(bundle)))
                .allowEmptyShould(true)
                .check(classes);
    }
}
