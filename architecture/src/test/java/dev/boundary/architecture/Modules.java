package dev.boundary.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The descriptors and classes of Boundary's modules. */
final class Modules {

    /** The published ones, by name. */
    static final List<ModuleDescriptor> PUBLISHED = read();

    /** The main code of all of them. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.boundary");

    private Modules() {}

    private static List<ModuleDescriptor> read() {
        try {
            return Collections.list(Modules.class.getClassLoader().getResources("module-info.class")).stream()
                    .map(Modules::read)
                    .filter(module -> module.name().startsWith("dev.boundary."))
                    .sorted(Comparator.comparing(ModuleDescriptor::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModuleDescriptor read(URL url) {
        try (InputStream descriptor = url.openStream()) {
            return ModuleDescriptor.read(descriptor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
