package dev.boundary.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the folders promise, checked over all published modules at once. */
class ArchitectureTest {

    private static final JavaClasses BOUNDARY = Modules.CLASSES;

    private static final String SQL_READER = "dev.boundary.rls";

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.boundary.(**)").should().beFreeOfCycles().check(BOUNDARY);
    }

    /** What each module may depend on, beside the JDK, SLF4J, JSpecify and itself. */
    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("core", List.of()),
            Map.entry("rls", List.of("core")),
            Map.entry("rls.liquibase", List.of("core", "rls", "liquibase..")),
            Map.entry("doctor", List.of("core", "rls")),
            Map.entry("registry", List.of("core", "rls", "com.github.benmanes.caffeine..", "org.postgresql..")),
            Map.entry("routing", List.of("core")),
            Map.entry("web", List.of("core", "jakarta.servlet..")),
            Map.entry("web.jwt", List.of("core", "web", "com.nimbusds..")),
            Map.entry("cache", List.of("core", "com.github.benmanes.caffeine..", "javax.cache..")),
            Map.entry("jooq", List.of("core", "rls", "org.jooq..", "org.postgresql..", "io.r2dbc.spi..", "jdk.jfr..")),
            Map.entry("jooq.micrometer", List.of("core", "jooq", "io.micrometer..")));

    @TestFactory
    Stream<DynamicTest> modulesDependOnLittle() {
        return ALLOWED.keySet().stream()
                .sorted()
                .map(module -> DynamicTest.dynamicTest(module, () -> dependsOnlyOn(module, ALLOWED.get(module))));
    }

    private static void dependsOnlyOn(String module, List<String> others) {
        List<String> allowed = new ArrayList<>(
                List.of("java..", "javax.sql..", "javax.crypto..", "javax.net..", "org.slf4j..", "org.jspecify.."));
        others.forEach(other -> allowed.add(other.endsWith("..") ? other : "dev.boundary." + other + ".."));
        allowed.add("dev.boundary." + module + "..");
        String[] nested = ALLOWED.keySet().stream()
                .filter(name -> name.startsWith(module + "."))
                .map(name -> "dev.boundary." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.boundary." + module + "..")
                .and()
                .resideOutsideOfPackages(nested)
                .and()
                .resideOutsideOfPackages("dev.boundary.jooq.codegen..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(allowed.toArray(String[]::new))
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

    /** A library that most users of a module lack belongs in a module of its own. */
    @Test
    void noModuleHasOptionalLibraries() {
        assertThat(Modules.PUBLISHED)
                .extracting(ModuleDescriptor::name)
                .contains("dev.boundary.core", "dev.boundary.jooq");
        assertThat(Modules.PUBLISHED.stream()
                        .flatMap(module -> module.requires().stream()
                                .filter(required -> required.modifiers().contains(Modifier.STATIC))
                                .filter(required -> !required.name().equals("org.jspecify")) // annotations
                                .map(required -> module.name() + " requires static " + required.name())))
                .isEmpty();
    }

    /** The reader of SQL files is a module of its own and sees what is open to it; on the class path all is. */
    @Test
    void packagesWithSqlAreOpenToItsReader() {
        assertThat(Modules.PUBLISHED.stream()
                        .filter(module -> !module.name().equals(SQL_READER))
                        .flatMap(module -> withSql(module).filter(name -> !isOpen(module, name))))
                .isEmpty();
        assertThat(Modules.PUBLISHED.stream().flatMap(ArchitectureTest::withSql))
                .contains("dev.boundary.rls", "dev.boundary.tenants.archive");
    }

    private static Stream<String> withSql(ModuleDescriptor module) {
        return MainCode.packagesWithSql().filter(module.packages()::contains);
    }

    private static boolean isOpen(ModuleDescriptor module, String name) {
        return module.opens().stream()
                .anyMatch(opens -> opens.source().equals(name)
                        && (!opens.isQualified() || opens.targets().contains(SQL_READER)));
    }

    /** Liquibase alone calls the changes; services use their names. */
    @Test
    void liquibaseAloneSeesTheChanges() {
        assertThat(Modules.PUBLISHED.stream()
                        .filter(module -> module.name().equals("dev.boundary.rls.liquibase"))
                        .flatMap(module -> module.exports().stream())
                        .map(ModuleDescriptor.Exports::targets))
                .containsExactly(Set.of("liquibase.core"));
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
