package dev.boundary.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The way from a context of JUnit's up to its root.
 *
 * @param context the context
 */
record ContextPath(ExtensionContext context) {

    /** The context of the test class. */
    ExtensionContext ofClass() {
        ExtensionContext found = context;
        Optional<Class<?>> type = context.getTestClass();
        while (type.isPresent()
                && found.getParent().flatMap(ExtensionContext::getTestClass).equals(type)) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }

    /**
     * The context of the test method, or of one invocation of a template. Dynamic tests have no method of their own,
     * but that of their factory.
     */
    ExtensionContext ofMethod() {
        ExtensionContext found = context;
        Optional<Method> method = context.getTestMethod();
        while (found.getTestInstance().isPresent()
                && found.getParent().flatMap(ExtensionContext::getTestMethod).equals(method)
                && found.getParent().flatMap(ExtensionContext::getTestInstance).isPresent()) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }

    /** The context of the class that has the annotation: this one or one around it. */
    Optional<ExtensionContext> nearestClassWith(Class<? extends Annotation> annotation) {
        Optional<ExtensionContext> candidate = Optional.of(ofClass());
        while (candidate.isPresent()
                && AnnotationSupport.findAnnotation(candidate.get().getTestClass(), annotation)
                        .isEmpty()) {
            candidate = candidate.get().getParent().map(parent -> new ContextPath(parent).ofClass());
        }
        return candidate;
    }
}
