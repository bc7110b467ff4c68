package dev.boundary.jooq.internal.query;

import java.util.List;

/** Finds the code that called jOOQ. */
final class CallSite {

    private static final List<String> BETWEEN =
            List.of("dev.boundary.jooq.internal.", "dev.boundary.core.", "org.jooq.", "java.", "jdk.", "sun.");

    private CallSite() {}

    /** The innermost caller that is neither jOOQ, the JDK nor Boundary; as in a stack trace. */
    static String find() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::toStackTraceElement)
                        .filter(frame -> BETWEEN.stream().noneMatch(frame.getClassName()::startsWith))
                        .findFirst())
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")")
                .orElse("unknown");
    }
}
