// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "dev.longwatch.dashboards", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule nothingHeavyIsKnown = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.flink..", "ai.djl..", "org.bytedeco..", "dev.longwatch.jobs..", "dev.longwatch.model..")
            .because("the job runs as a child process: its crash must not be the terminal's");

    @ArchTest
    static final ArchRule theJobsProcessKnowsNoCommandLine = noClasses()
            .that()
            .resideInAPackage("dev.longwatch.dashboards.local..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.longwatch.dashboards.cli..", "picocli..");

    @ArchTest
    static final ArchRule roomsFormNoCycle =
            slices().matching("dev.longwatch.dashboards.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noDrawers =
            classes().should().resideOutsideOfPackages("..util..", "..common..", "..impl..", "..manager..");

    @Test
    void flinkAndPyTorchAreNotOnTheClassPath() {
        Assertions.assertThat(
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(jar -> jar.substring(jar.lastIndexOf(File.separatorChar) + 1)))
                .noneMatch(jar -> jar.startsWith("flink-") || jar.startsWith("pytorch-") || jar.startsWith("ffmpeg-"));
    }
}
