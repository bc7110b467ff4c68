package dev.boundary.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Finds the annotation that applies to a test. */
final class Annotations {

    private Annotations() {}

    /** On the method that is called, else on the test method, else on the class, else on the classes around it. */
    static <A extends Annotation> Optional<A> nearest(
            Class<A> type, @Nullable AnnotatedElement called, ExtensionContext context) {
        return AnnotationSupport.findAnnotation(called, type)
                .or(() -> AnnotationSupport.findAnnotation(testMethod(context), type))
                .or(() -> ofClass(type, context));
    }

    /** A dynamic test has the method of its factory. */
    private static Optional<Method> testMethod(ExtensionContext context) {
        Optional<ExtensionContext> at = Optional.of(context);
        while (at.isPresent() && at.get().getTestMethod().isEmpty()) {
            at = at.get().getParent();
        }
        return at.flatMap(ExtensionContext::getTestMethod);
    }

    static <A extends Annotation> Optional<A> ofClass(Class<A> type, ExtensionContext context) {
        Optional<A> own = AnnotationSupport.findAnnotation(context.getTestClass(), type);
        if (own.isPresent()) {
            return own;
        }
        List<Class<?>> around = context.getEnclosingTestClasses().reversed();
        return around.stream()
                .flatMap(enclosing -> AnnotationSupport.findAnnotation(enclosing, type).stream())
                .findFirst();
    }
}
