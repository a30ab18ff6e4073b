// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.longwatch.model", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOM = "dev.longwatch.model";

    @ArchTest
    static final ArchRule noTensorLeavesTheDoor = noClasses()
            .that()
            .resideInAPackage(ROOM)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..")
            .because("callers hold frames and answers, never memory that somebody must close");

    @ArchTest
    static final ArchRule onlyTheNetworkTouchesTensors = noClasses()
            .that()
            .resideOutsideOfPackages(ROOM + ".network..", ROOM + ".engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl.ndarray..", "ai.djl.engine..", "ai.djl.pytorch..")
            .because("sizes, orders, prompts and answers are plain numbers and texts, tested without libtorch");

    @ArchTest
    static final ArchRule onlyTheTokenizerKnowsTheTokenizerLibrary = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOM + ".prompt.Tokenizer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.huggingface..")
            .because("its defaults cut texts off; one class turns them off");

    @ArchTest
    static final ArchRule onlyTorchScriptTouchesNativeCode = noClasses()
            .that()
            .haveNameNotMatching(".*\\.network\\.TorchScript(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.pytorch.jni..")
            .because("DJL's native door is no stable API, and misuse ends the process");

    @ArchTest
    static final ArchRule generationKnowsNoNetwork = noClasses()
            .that()
            .resideInAPackage(ROOM + ".generate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOM + ".network..", ROOM + ".answer..", ROOM + ".prompt..", ROOM + ".engine..")
            .because("it turns rankings into token ids within a grammar, whoever ranks and whoever asks");

    @ArchTest
    static final ArchRule numbersKnowNobody = classes()
            .that()
            .resideInAPackage(ROOM + ".pixels..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "com.fasterxml.jackson..", ROOM, ROOM + ".pixels..")
            .because("sizes and orders are functions of numbers");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOM + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule aWordLivesWithTheRoomThatDefinesIt = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..")
            .because("such a package says nothing about what is in it");
}
