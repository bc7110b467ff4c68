package dev.boundary.rls.liquibase;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.exception.ValidationErrors;
import liquibase.exception.Warnings;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.precondition.AbstractPrecondition;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/** A precondition that asks the database and lists everything that it finds wrong. */
@SuppressWarnings("exports") // Liquibase is optional; whoever uses this package has it
public abstract class BoundaryPrecondition extends AbstractPrecondition {

    private final Set<String> attributes;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** For the preconditions of this package. */
    BoundaryPrecondition(String... attributes) {
        this.attributes = new TreeSet<>(Set.of(attributes));
    }

    /** What is wrong, one sentence each. */
    abstract List<String> find(Database database, Connection connection) throws SQLException;

    /** Reads what {@link #find} will need, to find wrong attributes early. */
    abstract void checkAttributes(Database database);

    final @Nullable String value(String attribute) {
        return values.get(attribute);
    }

    @Override
    public void check(
            Database database,
            DatabaseChangeLog changeLog,
            @Nullable ChangeSet changeSet,
            @Nullable ChangeExecListener listener)
            throws PreconditionFailedException, PreconditionErrorException {
        List<String> findings;
        try {
            checkAttributes(database);
            findings = find(database, ((JdbcConnection) database.getConnection()).getUnderlyingConnection());
        } catch (SQLException | IllegalArgumentException e) {
            throw new PreconditionErrorException(e, changeLog, this);
        }
        if (!findings.isEmpty()) {
            throw new PreconditionFailedException(getName() + ": " + String.join("; ", findings), changeLog, this);
        }
    }

    @Override
    public Warnings warn(Database database) {
        return new Warnings();
    }

    @Override
    public ValidationErrors validate(Database database) {
        ValidationErrors errors = new ValidationErrors();
        if (!new PostgresDatabase().getShortName().equals(database.getShortName())) {
            errors.addError(getName() + " works on PostgreSQL only, not on " + database.getShortName() + ".");
            return errors;
        }
        try {
            checkAttributes(database);
        } catch (IllegalArgumentException e) {
            errors.addError(getName() + ": " + e.getMessage());
        }
        return errors;
    }

    /**
     * Reads the attributes.
     *
     * @param node the precondition as parsed
     * @param resourceAccessor where files come from
     * @throws ParsedNodeException if there is an attribute that the precondition does not have
     */
    @Override
    public void load(ParsedNode node, ResourceAccessor resourceAccessor) throws ParsedNodeException {
        for (ParsedNode child : node.getChildren()) {
            if (!attributes.contains(child.getName())) {
                throw new ParsedNodeException(getName() + " has no attribute " + child.getName() + ". It has "
                        + String.join(", ", attributes) + ".");
            }
            if (child.getValue() != null) {
                values.put(child.getName(), child.getValue().toString());
            }
        }
    }

    @Override
    public Set<String> getSerializableFields() {
        return attributes;
    }

    @Override
    public @Nullable Object getSerializableFieldValue(String field) {
        return values.get(field);
    }

    @Override
    public String getSerializedObjectNamespace() {
        return BoundaryChange.NAMESPACE;
    }
}
