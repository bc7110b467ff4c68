package dev.boundary.jooq.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Property;
import org.jooq.meta.jaxb.Strategy;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantTableStrategyTest {

    @TempDir
    Path directory;

    @Test
    void marksTablesWithTheTenantColumn() throws Exception {
        GenerationTool.generate(new Configuration()
                .withLogging(Logging.WARN)
                .withGenerator(new Generator()
                        .withStrategy(new Strategy().withName(TenantTableStrategy.class.getName()))
                        .withDatabase(new Database()
                                .withName("org.jooq.meta.xml.XMLDatabase")
                                .withInputSchema("app")
                                .withProperties(
                                        new Property().withKey("dialect").withValue("POSTGRES"),
                                        new Property()
                                                .withKey("xmlFile")
                                                .withValue(Path.of("../boundary-jooq/src/test/codegen/clubs.xml")
                                                        .toAbsolutePath()
                                                        .toString())))
                        .withTarget(new Target().withPackageName("marked").withDirectory(directory.toString()))));

        Path tables = directory.resolve("marked/tables");
        assertThat(Files.readString(tables.resolve("Booking.java"))).contains("implements HasTenant");
        assertThat(Files.readString(tables.resolve("Template.java"))).contains("implements HasTenant");
        assertThat(Files.readString(tables.resolve("Currency.java"))).doesNotContain("HasTenant");
        assertThat(Files.readString(tables.resolve("records/BookingRecord.java")))
                .doesNotContain("HasTenant");
    }
}
