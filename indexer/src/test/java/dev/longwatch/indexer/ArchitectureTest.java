// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.longwatch.indexer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule EVENTS_AND_RULES_ARE_PLAIN_VALUES = classes()
            .that()
            .resideInAnyPackage(
                    "dev.longwatch.indexer.event..",
                    "dev.longwatch.indexer.alert..",
                    "dev.longwatch.indexer.coverage..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "dev.longwatch.indexer.event..",
                    "dev.longwatch.indexer.alert..",
                    "dev.longwatch.indexer.coverage..")
            .because("every other room uses them, so they bring nothing along");

    @ArchTest
    static final ArchRule ONLY_THE_SINK_KNOWS_FLINK = noClasses()
            .that()
            .resideOutsideOfPackage("dev.longwatch.indexer.sink..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..")
            .because("the page and the command line search without Flink on their class path");

    @ArchTest
    static final ArchRule THE_KEEPER_NEEDS_NO_LIBRARY = noClasses()
            .that()
            .resideInAPackage("dev.longwatch.indexer.local..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "org.jspecify..", "dev.longwatch.indexer.local..", "..indexer.client..")
            .because("a keeper is started with nothing but our own classes on its class path");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.longwatch.indexer.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_PACKAGE_IS_A_DRAWER = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..")
            .because("a package named after nothing becomes a drawer for anything");
}
