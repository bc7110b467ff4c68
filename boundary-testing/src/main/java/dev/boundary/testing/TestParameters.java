package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.testing.As.Role;
import dev.boundary.testing.postgresql.TestDatabase;
import java.lang.reflect.Parameter;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** What tests can have as parameters. */
final class TestParameters {

    private static final Map<Class<?>, BiFunction<TestFixture, Role, Object>> BY_ROLE = Map.of(
            DSLContext.class, TestFixture::dsl,
            DataSource.class, TestFixture::dataSource,
            Connection.class, TestFixture::connection);

    private static final Map<Class<?>, Function<TestFixture, Object>> OF_TEST = Map.of(
            Boundary.class, TestFixture::boundary,
            Isolation.class, Isolation::new,
            TestDatabase.class, TestFixture::database);

    private static final Map<Class<?>, Function<DatabaseFixture, Object>> OF_DATABASE =
            Map.of(Tenants.class, DatabaseFixture::tenants, TenantSchema.class, DatabaseFixture::schema);

    private final Fixtures fixtures;

    TestParameters(Fixtures fixtures) {
        this.fixtures = fixtures;
    }

    static boolean supports(Parameter parameter) {
        Class<?> type = parameter.getType();
        return type == TenantKey.class
                || BY_ROLE.containsKey(type)
                || OF_TEST.containsKey(type)
                || OF_DATABASE.containsKey(type);
    }

    Object resolve(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == TenantKey.class) {
            return tenant(parameter, context);
        }
        Function<DatabaseFixture, Object> ofDatabase = OF_DATABASE.get(type);
        if (ofDatabase != null) {
            return ofDatabase.apply(fixtures.database());
        }
        BiFunction<TestFixture, Role, Object> byRole = BY_ROLE.get(type);
        if (byRole != null) {
            Role role = parameter.findAnnotation(As.class).map(As::value).orElse(Role.APPLICATION);
            return byRole.apply(fixtures.test(), role);
        }
        return Objects.requireNonNull(OF_TEST.get(type)).apply(fixtures.test());
    }

    private TenantKey tenant(ParameterContext parameter, ExtensionContext context) {
        Optional<NamedTenant> named = parameter.findAnnotation(NamedTenant.class);
        String name = named.isPresent() ? named.get().value() : nameByPosition(parameter, context);
        return fixtures.database().tenants().named(name);
    }

    private static String nameByPosition(ParameterContext parameter, ExtensionContext context) {
        List<String> names = names(parameter, context);
        int position = position(parameter);
        if (position >= names.size()) {
            throw new ParameterResolutionException("Parameter " + (parameter.getIndex() + 1) + " of "
                    + parameter.getDeclaringExecutable() + " asks for tenant number " + (position + 1) + ", and "
                    + (names.isEmpty() ? "no tenant is named" : "the tenants named are " + names)
                    + ". Name it: @NamedTenant(\"acme\") TenantKey tenant, or @WithTenants({\"acme\", \"globex\"}).");
        }
        return names.get(position);
    }

    private static List<String> names(ParameterContext parameter, ExtensionContext context) {
        List<String> names = new ArrayList<>();
        Annotations.nearest(WithTenant.class, parameter.getDeclaringExecutable(), context)
                .ifPresent(annotation -> names.add(annotation.value()));
        Annotations.nearest(WithTenants.class, parameter.getDeclaringExecutable(), context)
                .ifPresent(annotation -> names.addAll(Arrays.asList(annotation.value())));
        return names.stream().distinct().toList();
    }

    /** How many parameters before this one are tenants that no annotation names. */
    private static int position(ParameterContext parameter) {
        return (int) Arrays.stream(parameter.getDeclaringExecutable().getParameters())
                .limit(parameter.getIndex())
                .filter(before -> before.getType() == TenantKey.class && !before.isAnnotationPresent(NamedTenant.class))
                .count();
    }
}
