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
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** What tests can ask for. */
final class Parameters {

    private static final Set<Class<?>> BY_ROLE = Set.of(DSLContext.class, DataSource.class, Connection.class);
    private static final Set<Class<?>> OTHERS = Set.of(
            Boundary.class, TenantKey.class, Tenants.class, Isolation.class, TenantSchema.class, TestDatabase.class);

    private Parameters() {}

    static boolean supports(Parameter parameter) {
        return BY_ROLE.contains(parameter.getType()) || OTHERS.contains(parameter.getType());
    }

    static Object resolve(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        DatabaseFixture ofClass = Fixtures.database(context);
        if (type == TenantKey.class) {
            return tenant(parameter, context, ofClass.tenants());
        } else if (type == Tenants.class) {
            return ofClass.tenants();
        } else if (type == TenantSchema.class) {
            return ofClass.schema();
        }
        TestFixture test = Fixtures.test(context);
        Role role = parameter.findAnnotation(As.class).map(As::value).orElse(Role.APPLICATION);
        if (type == DSLContext.class) {
            return test.dsl(role);
        } else if (type == DataSource.class) {
            return test.dataSource(role);
        } else if (type == Connection.class) {
            return test.connection(role);
        } else if (type == Boundary.class) {
            return test.boundary();
        } else if (type == Isolation.class) {
            return test.isolation();
        }
        return test.database();
    }

    private static TenantKey tenant(ParameterContext parameter, ExtensionContext context, Tenants tenants) {
        Optional<NamedTenant> named = parameter.findAnnotation(NamedTenant.class);
        if (named.isPresent()) {
            return tenants.named(named.get().value());
        }
        List<String> names = new ArrayList<>();
        Annotations.nearest(WithTenant.class, parameter.getDeclaringExecutable(), context)
                .ifPresent(annotation -> names.add(annotation.value()));
        Annotations.nearest(WithTenants.class, parameter.getDeclaringExecutable(), context)
                .ifPresent(annotation -> names.addAll(Arrays.asList(annotation.value())));
        List<String> distinct = names.stream().distinct().toList();
        int position = (int) Arrays.stream(parameter.getDeclaringExecutable().getParameters())
                .limit(parameter.getIndex())
                .filter(before -> before.getType() == TenantKey.class && !before.isAnnotationPresent(NamedTenant.class))
                .count();
        if (position >= distinct.size()) {
            throw new ParameterResolutionException("Parameter " + (parameter.getIndex() + 1) + " of "
                    + parameter.getDeclaringExecutable() + " asks for tenant number " + (position + 1) + ", and "
                    + (distinct.isEmpty() ? "no tenant is named" : "the tenants named are " + distinct)
                    + ". Name it: @NamedTenant(\"acme\") TenantKey tenant, or @WithTenants({\"acme\", \"globex\"}).");
        }
        return tenants.named(distinct.get(position));
    }
}
