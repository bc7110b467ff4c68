package dev.boundary.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The main code of the modules that are published, as the compiler's parser sees it. */
@SuppressWarnings({"ReferenceEquality", "VoidUsed"}) // trees are known by identity; visitors take a Void
record MainCode(List<Type> types, List<Method> methods) {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /**
     * A top-level type.
     *
     * @param file its file, from the root
     * @param name its qualified name
     * @param isPublic whether others may see it where the package is exported
     * @param staticOnly whether it is a class of nothing but static members
     * @param documentation its Javadoc, or empty
     */
    record Type(String file, String name, boolean isPublic, boolean staticOnly, String documentation) {}

    /**
     * A method or constructor with a body.
     *
     * @param module the folder of its module
     * @param name its name, with that of its file
     * @param lines from the line with its name to the line with its closing brace
     * @param parameters how many parameters it declares; none where another type prescribes them, and none for a record's
     *     constructor, whose parameters are what the record groups
     */
    record Method(String module, String name, int lines, int parameters) {}

    /** Reads all of it. */
    static MainCode read() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            return parse(compiler, manager.getJavaFileObjectsFromPaths(files().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one file that a test holds as a text. */
    static MainCode of(String text) {
        JavaFileObject file =
                new SimpleJavaFileObject(
                        ROOT.resolve("boundary-example/Example.java").toUri(), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        try {
            return parse(ToolProvider.getSystemJavaCompiler(), List.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Java files, in the order of their names. */
    static Stream<Path> files() {
        return files("java", ".java");
    }

    /** The packages with files of SQL. */
    static Stream<String> packagesWithSql() {
        return files("resources", ".sql")
                .map(file -> ROOT.relativize(file.getParent()))
                // Without the folders boundary-x/src/main/resources.
                .map(folder ->
                        folder.subpath(4, folder.getNameCount()).toString().replace('/', '.'))
                .distinct();
    }

    private static Stream<Path> files(String kind, String suffix) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                Path folder = module.resolve("src/main").resolve(kind);
                if (module.getFileName().toString().startsWith("boundary-") && Files.exists(folder)) {
                    try (Stream<Path> sources = Files.walk(folder)) {
                        sources.filter(path -> path.toString().endsWith(suffix)).forEach(files::add);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted();
    }

    private static MainCode parse(JavaCompiler compiler, Iterable<? extends JavaFileObject> files) throws IOException {
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, files);
        MainCode code = new MainCode(new ArrayList<>(), new ArrayList<>());
        for (CompilationUnitTree unit : task.parse()) {
            if (unit.getModule() == null) {
                new Reader(unit, DocTrees.instance(task), code).scan(unit, null);
            }
        }
        return code;
    }

    private static final class Reader extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final MainCode code;
        private final String file;
        private final CharSequence text;

        Reader(CompilationUnitTree unit, DocTrees trees, MainCode code) throws IOException {
            this.unit = unit;
            this.trees = trees;
            this.code = code;
            this.file = ROOT.relativize(Path.of(unit.getSourceFile().toUri())).toString();
            this.text = unit.getSourceFile().getCharContent(true);
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (getCurrentPath().getParentPath().getLeaf() == unit) {
                String documentation = trees.getDocComment(getCurrentPath());
                code.types.add(new Type(
                        file,
                        unit.getPackageName() + "." + type.getSimpleName(),
                        type.getModifiers().getFlags().contains(Modifier.PUBLIC),
                        isStaticOnly(type),
                        Objects.requireNonNullElse(documentation, "")));
            }
            return super.visitClass(type, unused);
        }

        /** A class of functions: no record or enum, nothing above it, no member of an instance but its constructor. */
        private static boolean isStaticOnly(ClassTree type) {
            return type.getKind() == Tree.Kind.CLASS
                    && type.getExtendsClause() == null
                    && type.getImplementsClause().isEmpty()
                    && type.getMembers().stream().allMatch(Reader::isStatic)
                    && type.getMembers().stream()
                            .anyMatch(member -> member instanceof MethodTree method && !isConstructor(method));
        }

        private static boolean isStatic(Tree member) {
            return switch (member) {
                case MethodTree method -> isConstructor(method) || isStatic(method.getModifiers());
                case VariableTree field -> isStatic(field.getModifiers());
                default -> true;
            };
        }

        private static boolean isStatic(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.STATIC);
        }

        private static boolean isConstructor(MethodTree method) {
            return method.getName().contentEquals("<init>");
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            if (method.getBody() != null) {
                String name = isConstructor(method) ? "new" : method.getName().toString();
                code.methods.add(new Method(
                        file.substring(0, file.indexOf('/')), file + " " + name, lines(method), parameters(method)));
            }
            return super.visitMethod(method, unused);
        }

        private int lines(MethodTree method) {
            SourcePositions positions = trees.getSourcePositions();
            LineMap map = unit.getLineMap();
            long modifiersEnd = positions.getEndPosition(unit, method.getModifiers());
            int begin = (int) (modifiersEnd >= 0 ? modifiersEnd : positions.getStartPosition(unit, method));
            while (Character.isWhitespace(text.charAt(begin))) {
                begin++;
            }
            long end = positions.getEndPosition(unit, method);
            return (int) (map.getLineNumber(end) - map.getLineNumber(begin) + 1);
        }

        private int parameters(MethodTree method) {
            return isOverride(method) || isConstructorOfRecord(method)
                    ? 0
                    : method.getParameters().size();
        }

        private static boolean isOverride(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
        }

        private boolean isConstructorOfRecord(MethodTree method) {
            return isConstructor(method)
                    && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }
    }
}
