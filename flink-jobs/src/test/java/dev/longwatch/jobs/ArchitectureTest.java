// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.longwatch.jobs", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyDecodeKnowsFfmpeg = noClasses()
            .that()
            .resideOutsideOfPackages("dev.longwatch.jobs.decode..", "dev.longwatch.jobs.record..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..")
            .because("native memory is freed by hand, in one room");

    @ArchTest
    static final ArchRule onlyGroundKnowsTheModel = noClasses()
            .that()
            .resideOutsideOfPackage("dev.longwatch.jobs.ground..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.longwatch.model..")
            .because("seconds of a clip become milliseconds of a video in one place");

    @ArchTest
    static final ArchRule nobodyKnowsTheTensorLibrary =
            noClasses().should().dependOnClassesThat().resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule samplingAndClipsKnowNoFlink = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.longwatch.jobs.decode..", "dev.longwatch.jobs.sample..", "dev.longwatch.jobs.clip..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..")
            .because("which pictures are looked at is decided without a cluster");

    @ArchTest
    static final ArchRule roomsFormNoCycle =
            slices().matching("dev.longwatch.jobs.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noDrawers =
            classes().should().resideOutsideOfPackages("..util..", "..common..", "..impl..", "..manager..");
}
