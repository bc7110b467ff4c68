package dev.boundary.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the folders promise, checked over all published modules at once. */
class ArchitectureTest {

    private static final JavaClasses BOUNDARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.boundary");

    @Test
    void packagesHaveNoCircles() {
        slices().matching("dev.boundary.(**)").should().beFreeOfCycles().check(BOUNDARY);
    }

    @Test
    void coreKnowsNoLibrary() {
        onlyDependsOn(
                noClasses()
                        .that()
                        .resideInAPackage("dev.boundary.core..")
                        .and()
                        .resideOutsideOfPackages(
                                "dev.boundary.web..",
                                "dev.boundary.core..cache..",
                                "dev.boundary.registry..",
                                "dev.boundary.web.jwt.."),
                List.of());
    }

    @Test
    void coreKnowsOptionalLibrariesInPackagesOfTheirOwnOnly() {
        onlyDependsOn(noClasses().that().resideInAPackage("dev.boundary.web.."), List.of("jakarta.servlet.."));
        onlyDependsOn(
                noClasses().that().resideInAPackage("dev.boundary.core..cache.."),
                List.of("com.github.benmanes.caffeine.cache..", "javax.cache.."));
        onlyDependsOn(noClasses().that().resideInAPackage("dev.boundary.registry.."), List.of("org.postgresql.."));
        onlyDependsOn(noClasses().that().resideInAPackage("dev.boundary.web.jwt.."), List.of("com.nimbusds.."));
    }

    private static void onlyDependsOn(GivenClassesConjunction classes, List<String> libraries) {
        List<String> allowed = new ArrayList<>(List.of(
                "java..", "javax.sql..", "javax.crypto..", "org.slf4j..", "org.jspecify..", "dev.boundary.core.."));
        allowed.addAll(libraries);
        classes.should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(allowed.toArray(String[]::new))
                .check(BOUNDARY);
    }

    @Test
    void policySqlAndDoctorWorkWithoutLiquibase() {
        noClasses()
                .that()
                .resideInAPackage("dev.boundary.rls..")
                .and()
                .resideOutsideOfPackage("dev.boundary.rls.liquibase..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("liquibase..")
                .check(BOUNDARY);
    }

    @Test
    void migrationsAndJooqDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.boundary.jooq..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.boundary.rls..")
                .check(BOUNDARY);
        noClasses()
                .that()
                .resideInAPackage("dev.boundary.rls..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.boundary.jooq..", "org.jooq..")
                .check(BOUNDARY);
    }

    @Test
    void publicClassesAreClosedForExtensionUnlessMadeForIt() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .resideOutsideOfPackages("..liquibase..", "..codegen..")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .haveModifier(JavaModifier.ABSTRACT)
                .orShould()
                .beEnums()
                .check(BOUNDARY);
    }

    /** javac asks every user of a module for what it requires transitively, also where it is optional. */
    @Test
    void noModuleAsksItsUsersForOptionalOnes() throws IOException {
        Set<String> modules = new TreeSet<>();
        Set<String> passedOn = new TreeSet<>();
        for (URL url : Collections.list(getClass().getClassLoader().getResources("module-info.class"))) {
            try (InputStream descriptor = url.openStream()) {
                ModuleDescriptor module = ModuleDescriptor.read(descriptor);
                if (module.name().startsWith("dev.boundary.")) {
                    modules.add(module.name());
                    module.requires().stream()
                            .filter(required ->
                                    required.modifiers().containsAll(Set.of(Modifier.STATIC, Modifier.TRANSITIVE)))
                            .forEach(required -> passedOn.add(required.name()));
                }
            }
        }
        assertThat(modules).contains("dev.boundary.core", "dev.boundary.jooq", "dev.boundary.rls");
        // Annotations, which every user of a module has; and what comes with JUnit in any case.
        assertThat(passedOn).isSubsetOf("org.jspecify", "org.junit.platform.engine");
    }

    @TestFactory
    Stream<DynamicTest> everyPackageIsNullMarked() {
        return BOUNDARY.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .map(JavaPackage::getName)
                .sorted()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                                .isTrue()));
    }
}
