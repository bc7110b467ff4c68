package dev.boundary.rls.liquibase;

import dev.boundary.rls.RetrofitTenantColumn;
import dev.boundary.rls.RlsChange;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import liquibase.Scope;
import liquibase.change.AbstractChange;
import liquibase.change.ChangeFactory;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.ValidationErrors;
import liquibase.exception.Warnings;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.resource.ResourceAccessor;
import liquibase.statement.SqlStatement;
import liquibase.statement.core.RawParameterizedSqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A change that says its SQL by a {@link RlsChange}. Like every Liquibase change it is a bean that one thread fills and
 * runs.
 */
@SuppressWarnings("exports") // Liquibase is optional; whoever uses this package has it
public abstract class BoundaryChange extends AbstractChange {

    /** The XML namespace of Boundary's changes; its version changes with the attributes, not with the library. */
    public static final String NAMESPACE = "http://www.boundary.dev/xml/ns/boundary-1.0";

    /** For the changes of this package. */
    BoundaryChange() {}

    /**
     * The SQL of the change.
     *
     * @param database the database it is for, which is not asked anything
     * @return the model
     * @throws IllegalArgumentException if an attribute is missing or wrong
     */
    abstract RlsChange model(Database database);

    @Override
    public SqlStatement[] generateStatements(Database database) {
        return statements(model(database).apply());
    }

    @Override
    public SqlStatement[] generateRollbackStatements(Database database) {
        return statements(model(database).rollback());
    }

    @Override
    public boolean supportsRollback(Database database) {
        return supports(database);
    }

    @Override
    public boolean supports(Database database) {
        // Not instanceof: CockroachDB and others extend the PostgreSQL support and have no such policies.
        return new PostgresDatabase().getShortName().equals(database.getShortName());
    }

    @Override
    public boolean generateStatementsVolatile(Database database) {
        return false;
    }

    @Override
    public boolean generateRollbackStatementsVolatile(Database database) {
        return false;
    }

    @Override
    public Warnings warn(Database database) {
        return new Warnings();
    }

    @Override
    public ValidationErrors validate(Database database) {
        ValidationErrors errors = new ValidationErrors(this);
        if (!supports(database)) {
            errors.addError(name() + " works on PostgreSQL only, not on " + database.getShortName()
                    + ". Give the change set dbms=\"postgresql\".");
            return errors;
        }
        try {
            if (model(database) instanceof RetrofitTenantColumn
                    && getChangeSet() != null
                    && getChangeSet().isRunInTransaction()) {
                errors.addError(name() + " commits as it goes. Give the change set runInTransaction=\"false\".");
            }
        } catch (IllegalArgumentException e) {
            errors.addError(name() + ": " + e.getMessage());
        }
        return errors;
    }

    @Override
    public String getConfirmationMessage() {
        return model(new PostgresDatabase()).confirmation();
    }

    @Override
    public String getSerializedObjectNamespace() {
        return NAMESPACE;
    }

    /**
     * Reads the attributes.
     *
     * @param node the change as parsed
     * @param resourceAccessor where files come from
     * @throws ParsedNodeException if there is an attribute that the change does not have: a misspelt one would
     *     otherwise be ignored, and the default would apply
     */
    @Override
    public void load(ParsedNode node, ResourceAccessor resourceAccessor) throws ParsedNodeException {
        Set<String> known = new TreeSet<>(Scope.getCurrentScope()
                .getSingleton(ChangeFactory.class)
                .getChangeMetaData(this)
                .getParameters()
                .keySet());
        Set<String> unknown =
                node.getChildren().stream().map(ParsedNode::getName).collect(Collectors.toCollection(TreeSet::new));
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new ParsedNodeException(name() + " has no attribute " + String.join(", ", unknown) + ". It has "
                    + String.join(", ", known) + ".");
        }
        super.load(node, resourceAccessor);
    }

    final String name() {
        return Scope.getCurrentScope()
                .getSingleton(ChangeFactory.class)
                .getChangeMetaData(this)
                .getName();
    }

    static String required(String attribute, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The attribute " + attribute + " is missing.");
        }
        return value.strip();
    }

    static String orElse(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    static String schema(@Nullable String schemaName, Database database) {
        String schema = database.getDefaultSchemaName();
        return orElse(schemaName, schema == null ? "public" : schema);
    }

    static int positive(String attribute, @Nullable String value, int otherwise) {
        try {
            return value == null || value.isBlank() ? otherwise : Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The attribute " + attribute + " is \"" + value + "\" and not a whole number.", e);
        }
    }

    static List<String> columns(String attribute, @Nullable String list) {
        return Arrays.stream(required(attribute, list).split(",", -1))
                .map(String::strip)
                .toList();
    }

    private static SqlStatement[] statements(List<String> sql) {
        return sql.stream().map(RawParameterizedSqlStatement::new).toArray(SqlStatement[]::new);
    }
}
