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
        noClasses()
                .that()
                .resideInAPackage("dev.boundary.core..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..", "javax.sql..", "org.slf4j..", "org.jspecify..", "dev.boundary.core..")
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
