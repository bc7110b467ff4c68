package dev.boundary.doctor.catalog;

import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Index;
import dev.boundary.doctor.catalog.SecurityCatalog.Inheritance;
import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Publication;
import dev.boundary.doctor.catalog.SecurityCatalog.Reader;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.doctor.catalog.SecurityCatalog.RewriteRule;
import dev.boundary.doctor.catalog.SecurityCatalog.Routine;
import dev.boundary.doctor.catalog.SecurityCatalog.Trigger;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Reads the objects in a database's schemas: relations with what belongs to them, and routines. */
final class SchemaObjectReader {

    private final CatalogQueries queries;

    SchemaObjectReader(CatalogQueries queries) {
        this.queries = queries;
    }

    Map<Long, Relation> relations() throws SQLException {
        return queries.byOid("relations", SchemaObjectReader::relation, Relation::oid);
    }

    private static Relation relation(CatalogRow row) throws SQLException {
        return new Relation(
                row.oid(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.letter(5),
                row.oid(6),
                row.flag(7),
                row.flag(8),
                row.flag(9),
                row.flag(10),
                row.text(11),
                row.grants(12));
    }

    List<Column> columns() throws SQLException {
        return queries.list("columns", SchemaObjectReader::column);
    }

    private static Column column(CatalogRow row) throws SQLException {
        return new Column(
                row.oid(1),
                row.integer(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.flag(7),
                row.flag(8),
                row.flag(9),
                row.flag(10),
                row.grants(11));
    }

    List<Policy> policies() throws SQLException {
        return queries.list("policies", SchemaObjectReader::policy);
    }

    private static Policy policy(CatalogRow row) throws SQLException {
        return new Policy(
                row.oid(1),
                row.text(2),
                row.text(3),
                row.letter(4),
                row.flag(5),
                row.oids(6),
                row.nullableText(7),
                row.nullableText(8),
                row.oids(9),
                row.oids(10));
    }

    List<Index> indexes() throws SQLException {
        return queries.list("indexes", SchemaObjectReader::index);
    }

    private static Index index(CatalogRow row) throws SQLException {
        return new Index(
                row.oid(1),
                row.oid(2),
                row.text(3),
                row.text(4),
                row.flag(5),
                row.flag(6),
                row.flag(7),
                row.flag(8),
                row.flag(9),
                row.integers(10),
                row.integers(11),
                row.texts(12),
                row.text(13),
                row.nullableText(14));
    }

    List<ForeignKey> foreignKeys() throws SQLException {
        return queries.list("foreign-keys", SchemaObjectReader::foreignKey);
    }

    private static ForeignKey foreignKey(CatalogRow row) throws SQLException {
        return new ForeignKey(
                row.oid(1),
                row.oid(2),
                row.text(3),
                row.text(4),
                row.integers(5),
                row.integers(6),
                row.texts(7),
                row.letter(8),
                row.letter(9),
                row.text(10));
    }

    List<Inheritance> inheritance() throws SQLException {
        return queries.list("inheritance", row -> new Inheritance(row.oid(1), row.oid(2)));
    }

    List<Reader> readers() throws SQLException {
        return queries.list("readers", row -> new Reader(row.oid(1), row.oid(2)));
    }

    Map<Long, Routine> routines() throws SQLException {
        return queries.byOid("routines", SchemaObjectReader::routine, Routine::oid);
    }

    private static Routine routine(CatalogRow row) throws SQLException {
        return new Routine(
                row.oid(1),
                row.text(2),
                row.oid(3),
                row.flag(4),
                row.flag(5),
                row.flag(6),
                row.text(7),
                row.text(8),
                row.letter(9),
                row.letter(10),
                row.flag(11),
                row.texts(12),
                row.grants(13));
    }

    List<Trigger> triggers() throws SQLException {
        return queries.list(
                "triggers", row -> new Trigger(row.oid(1), row.text(2), row.oid(3), row.letter(4), row.flag(5)));
    }

    List<RewriteRule> rewriteRules() throws SQLException {
        return queries.list("rewrite-rules", row -> new RewriteRule(row.oid(1), row.text(2), row.text(3)));
    }

    List<Publication> publications(boolean withFilters) throws SQLException {
        return queries.list(
                withFilters ? "publications" : "publications-14",
                row -> new Publication(row.text(1), row.oid(2), row.flag(3), row.flag(4)));
    }
}
