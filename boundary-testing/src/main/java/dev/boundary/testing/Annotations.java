package dev.boundary.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Finds the annotation that is meant for a test. */
final class Annotations {

    private Annotations() {}

    /** On the method that is called, else on the test method, else on the class, else on the classes around it. */
    static <A extends Annotation> Optional<A> nearest(
            Class<A> type, @Nullable AnnotatedElement called, ExtensionContext context) {
        return AnnotationSupport.findAnnotation(called, type)
                .or(() -> AnnotationSupport.findAnnotation(context.getTestMethod(), type))
                .or(() -> ofClass(type, context));
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
