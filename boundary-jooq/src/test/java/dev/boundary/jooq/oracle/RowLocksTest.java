package dev.boundary.jooq.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.schema;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.jooq.internal.query.QueryLayer;
import dev.boundary.jooq.internal.query.QueryLayerSettings;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.InverseForeignKey;
import org.jooq.Name;
import org.jooq.Path;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableOptions;
import org.jooq.UniqueKey;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.Internal;
import org.jooq.impl.QOM;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FOR UPDATE and its like on rows that a tenant may read but not change. PostgreSQL applies the policies for UPDATE to
 * them, so such a query does not see shared rows; the query layer alone must do the same.
 */
@SuppressWarnings({"unchecked", "rawtypes"}) // keys, as jOOQ's generator makes them
class RowLocksTest {

    /** Notes 1 and 2 are shared, 11 is the tenant's, 21 another's; remark 10 * n belongs to note n. */
    private static class Note extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        final TableField<Record, Integer> id = createField(name("id"), SQLDataType.INTEGER.notNull(), this);
        final TableField<Record, Integer> tenantId = createField(name("tenant_id"), SQLDataType.INTEGER, this);
        final TableField<Record, String> text = createField(name("text"), SQLDataType.CLOB, this);

        Note(Name alias, Table<Record> aliased, Condition where) {
            super(alias, null, aliased, null, DSL.comment(""), TableOptions.table(), where);
        }

        Note(Table<?> path, ForeignKey<?, Record> child, InverseForeignKey<?, Record> parent) {
            super(path, child, parent, NOTE);
        }

        UniqueKey<Record> key() {
            return Internal.createUniqueKey(this, name("note_pkey"), new TableField[] {id}, true);
        }

        @Override
        public org.jooq.Schema getSchema() {
            return aliased() ? null : schema(name("app"));
        }

        @Override
        public Note as(String alias) {
            return new Note(name(alias), this, null);
        }

        @Override
        public Note as(Name alias) {
            return new Note(alias, this, null);
        }

        @Override
        public Note where(Condition condition) {
            return new Note(getQualifiedName(), aliased() ? this : null, condition);
        }
    }

    private static final class NotePath extends Note implements Path<Record> {
        private static final long serialVersionUID = 1L;

        NotePath(Table<?> path, ForeignKey<?, Record> child) {
            super(path, child, null);
        }

        @Override
        public NotePath as(String alias) {
            throw new UnsupportedOperationException(alias);
        }

        @Override
        public NotePath as(Name alias) {
            throw new UnsupportedOperationException(alias.toString());
        }

        @Override
        public NotePath as(Table<?> alias) {
            throw new UnsupportedOperationException(alias.toString());
        }
    }

    private static final class Remark extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        final TableField<Record, Integer> id = createField(name("id"), SQLDataType.INTEGER.notNull(), this);
        final TableField<Record, Integer> noteId = createField(name("note_id"), SQLDataType.INTEGER.notNull(), this);

        Remark() {
            super(name("remark"), schema(name("app")));
        }

        private ForeignKey<Record, Record> reference() {
            return Internal.createForeignKey(
                    (Table) this,
                    name("remark_note_fkey"),
                    new TableField[] {noteId},
                    NOTE.key(),
                    new TableField[] {NOTE.id},
                    true,
                    QOM.ForeignKeyRule.NO_ACTION,
                    QOM.ForeignKeyRule.NO_ACTION);
        }

        @Override
        public List<ForeignKey<Record, ?>> getReferences() {
            return List.of(reference());
        }

        NotePath note() {
            return new NotePath(this, reference());
        }
    }

    private static final Note NOTE = new Note(name("note"), null, null);
    private static final Note N = NOTE.as("n");
    private static final Remark REMARK = new Remark();
    static final Table<?> PLACE = table(name("app", "place"));
    private static final Table<?> KIND = table(name("app", "kind"));
    private static final Field<Integer> ID = field(name("id"), SQLDataType.INTEGER);
    private static final Field<Integer> PLACE_ID = field(name("app", "place", "id"), SQLDataType.INTEGER);

    static final TenantKey TENANT = TenantKey.of(1);
    static final QueryLayer LAYER = new QueryLayer(
            TenantSchema.builder()
                    .mixed(NOTE, NOTE.tenantId)
                    .child(REMARK, REMARK.noteId, NOTE, NOTE.id)
                    .tenant(PLACE, field(name("tenant_id"), SQLDataType.INTEGER.nullable(false)))
                    .global(KIND)
                    .build(),
            QueryLayerSettings.DEFAULT,
            new EventPublisher(List.of()));

    enum Layers {
        QUERY,
        RLS,
        BOTH
    }

    /**
     * A query.
     *
     * @param rows the first column of what it returns
     * @param locked which notes and remarks it locks
     */
    record Case(String name, Function<DSLContext, Select<?>> query, List<Integer> rows, List<Integer> locked) {
        @Override
        public String toString() {
            return name;
        }
    }

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private static Connection connection;

    @SuppressWarnings("NullAway.Init")
    private static Connection other;

    @BeforeAll
    static void start() throws SQLException {
        database = PostgresServer.shared().createDatabase();
        RoleNames roles = RoleNames.DEFAULT;
        TestDatabase.execute(
                database.superuser(), "grant create on database \"" + database.name() + "\" to " + roles.owner());
        TestDatabase.execute(database.owner(), """
                create schema app;
                create table app.note (id integer primary key, tenant_id integer, text text);
                insert into app.note values
                  (1, null, 'shared'), (2, null, 'shared'), (11, 1, 'own'), (21, 2, 'foreign');
                create table app.remark (id integer primary key, note_id integer not null references app.note);
                insert into app.remark select 10 * id, id from app.note;
                create table app.place (id integer primary key, tenant_id integer not null);
                insert into app.place values (1001, 1), (1002, 2);
                create table app.kind (id integer primary key);
                insert into app.kind values (1);
                """);
        EnumSet<TablePrivilege> any = EnumSet.allOf(TablePrivilege.class);
        for (RlsChange change : List.of(
                InstallBoundary.of(TenantKeyType.INT),
                new CreateBoundaryRoles(roles, "app"),
                TableChanges.protectTable(new TableName("app", "note"), TableRows.mixed("tenant_id"), roles, any),
                TableChanges.protectTable(
                        new TableName("app", "remark"), TableRows.byForeignKey("note_id"), roles, any),
                TableChanges.protectTable(
                        new TableName("app", "place"), TableRows.byTenantColumn("tenant_id"), roles, any),
                TableChanges.grantGlobalTable(
                        new TableName("app", "kind"), roles, EnumSet.of(TablePrivilege.SELECT)))) {
            TestDatabase.execute(database.owner(), change.apply().toArray(String[]::new));
        }
        connection = database.superuser().getConnection();
        connection.setAutoCommit(false);
        other = database.superuser().getConnection();
        other.setAutoCommit(false);
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        other.close();
        database.close();
    }

    static Stream<Case> cases() {
        List<Integer> readable = List.of(1, 2, 11);
        List<Integer> own = List.of(11);
        List<Integer> none = List.of();
        return Stream.of(
                new Case("no lock", db -> db.selectFrom(NOTE), readable, none),
                new Case("for update", db -> db.selectFrom(NOTE).forUpdate(), own, own),
                new Case("for no key update", db -> db.selectFrom(NOTE).forNoKeyUpdate(), own, own),
                new Case("for share", db -> db.selectFrom(N).forShare(), own, own),
                new Case("for key share", db -> db.selectFrom(NOTE).forKeyShare(), own, own),
                new Case("waiting", db -> db.selectFrom(NOTE).forUpdate().wait(2), own, own),
                new Case("skip locked", db -> db.selectFrom(NOTE).forUpdate().skipLocked(), own, own),
                new Case(
                        "by name",
                        db -> db.select(ID).from(table(name("app", "note"))).forUpdate(),
                        own,
                        own),
                new Case(
                        "table with a condition",
                        db -> db.select(field(name("note", "id")))
                                .from(NOTE.where(NOTE.text.ne("x")))
                                .forUpdate(),
                        own,
                        own),
                new Case(
                        "of another table",
                        db -> db.select(N.id).from(N, PLACE).forUpdate().of(PLACE),
                        readable,
                        none),
                new Case(
                        "of this table, joined",
                        db -> db.select(N.id)
                                .from(PLACE)
                                .join(N)
                                .on(trueCondition())
                                .forUpdate()
                                .of(N),
                        own,
                        own),
                new Case(
                        "of this table by its name",
                        db -> db.select(N.id).from(PLACE, N).forUpdate().of(field(name("n"))),
                        own,
                        own),
                new Case(
                        "left join, of the other",
                        db -> db.select(N.id)
                                .from(PLACE)
                                .leftJoin(N)
                                .on(PLACE_ID.gt(N.id))
                                .forUpdate()
                                .of(PLACE),
                        readable,
                        none),
                new Case(
                        "derived table",
                        db -> db.select(asterisk())
                                .from(selectFrom(NOTE).asTable("q"))
                                .forUpdate(),
                        own,
                        own),
                new Case(
                        "derived table that is locked by its name",
                        db -> db.select(asterisk())
                                .from(selectFrom(NOTE).asTable("q"))
                                .crossJoin(PLACE)
                                .forUpdate()
                                .of(table(name("q"))),
                        own,
                        own),
                new Case(
                        "derived table that is not locked",
                        db -> db.select(field(name("q", "id")))
                                .from(selectFrom(NOTE).asTable("q"))
                                .crossJoin(PLACE)
                                .forUpdate()
                                .of(PLACE),
                        readable,
                        none),
                new Case(
                        "lock in a derived table",
                        db -> db.select(asterisk())
                                .from(selectFrom(NOTE).forUpdate().asTable("q")),
                        own,
                        own),
                new Case(
                        "subquery of a condition",
                        db -> db.select(PLACE_ID.minus(1000))
                                .from(PLACE)
                                .where(exists(selectFrom(NOTE).where(NOTE.tenantId.isNull())))
                                .forUpdate(),
                        List.of(1),
                        none),
                new Case(
                        "lock in the subquery of a condition",
                        db -> db.selectFrom(NOTE)
                                .where(exists(db.select(PLACE_ID).from(PLACE).forUpdate())),
                        readable,
                        none),
                new Case(
                        "common table expression",
                        db -> db.with("q")
                                .as(selectFrom(NOTE))
                                .select(field(name("q", "id")))
                                .from(table(name("q")), PLACE)
                                .forUpdate(),
                        readable,
                        none),
                new Case("child, no lock", db -> db.selectFrom(REMARK), List.of(10, 20, 110), none),
                new Case("child", db -> db.selectFrom(REMARK).forUpdate(), List.of(110), List.of(110)),
                new Case(
                        "path, of the table that it begins at",
                        db -> db.select(REMARK.id, REMARK.note().text)
                                .from(REMARK)
                                .forUpdate()
                                .of(REMARK),
                        List.of(110),
                        List.of(110)),
                new Case(
                        "explicit path join",
                        db -> {
                            NotePath note = REMARK.note();
                            return db.select(REMARK.id, note.text)
                                    .from(REMARK)
                                    .join(note)
                                    .forUpdate()
                                    .of(note);
                        },
                        List.of(110),
                        List.of(11)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTenantLocksItsOwnRows(Case query) throws SQLException {
        for (Layers layers : Layers.values()) {
            try {
                List<Integer> rows = as(layers, db -> query.query().apply(db).fetch(row -> row.get(0, Integer.class)));
                assertThat(rows).as(layers + "").containsExactlyInAnyOrderElementsOf(query.rows());
                assertThat(locked()).as(layers + "").containsExactlyInAnyOrderElementsOf(query.locked());
            } finally {
                connection.rollback();
            }
        }
    }

    static SelectJoinStep<?> pathToSharedRows(DSLContext db) {
        return db.select(REMARK.id, REMARK.note().text).from(REMARK);
    }

    static SelectJoinStep<?> joinedWithGlobal(DSLContext db) {
        return db.select(asterisk()).from(PLACE, KIND);
    }

    /** The join of a path is rendered where nothing tells whether its table is locked. */
    @Test
    void aPathToSharedRowsIsNotLocked() throws SQLException {
        try {
            assertThatThrownBy(() -> as(
                            Layers.QUERY,
                            db -> db.select(REMARK.id, REMARK.note().text)
                                    .from(REMARK)
                                    .forUpdate()
                                    .fetch()))
                    .isInstanceOf(StatementRefusedException.class)
                    .hasMessageContaining("note by a path")
                    .hasMessageContaining("forUpdate().of(table)");
            List<?> rows = as(Layers.QUERY, db -> pathToSharedRows(db).fetch());
            assertThat(rows).hasSize(3);
        } finally {
            connection.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource(Layers.class)
    void nobodyLocksGlobalRows(Layers layers) throws SQLException {
        try {
            assertThatThrownBy(() -> as(
                            layers,
                            db -> db.select(asterisk())
                                    .from(PLACE, KIND)
                                    .forUpdate()
                                    .fetch()))
                    .satisfies(e -> assertThat(
                                    layers == Layers.RLS
                                            ? "42501".equals(((DataAccessException) e).sqlState())
                                            : e instanceof StatementRefusedException)
                            .as(e.toString())
                            .isTrue());
            connection.rollback();
            List<?> rows = as(
                    layers,
                    db -> db.select(asterisk())
                            .from(PLACE, KIND)
                            .forUpdate()
                            .of(PLACE)
                            .fetch());
            assertThat(rows).hasSize(1);
        } finally {
            connection.rollback();
        }
    }

    private static <R> R as(Layers layers, Function<DSLContext, R> action) throws SQLException {
        if (layers != Layers.QUERY) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local role " + RoleNames.DEFAULT.application());
                statement.execute("select set_config('" + SessionVariable.DEFAULT.name() + "', '1', true)");
            }
        }
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration.set(SQLDialect.POSTGRES).set(connection);
        if (layers != Layers.RLS) {
            configuration.set(LAYER.visitListenerProvider());
        }
        return TenantContext.where(TENANT).call(() -> action.apply(DSL.using(configuration)));
    }

    /** What another connection cannot lock now. */
    private static List<Integer> locked() throws SQLException {
        try {
            DSLContext db = DSL.using(other, SQLDialect.POSTGRES);
            return Stream.of("app.note", "app.remark")
                    .flatMap(table -> {
                        List<Integer> all = db.fetch("select id from " + table).getValues(0, Integer.class);
                        all.removeAll(db.fetch("select id from " + table + " for update skip locked")
                                .getValues(0, Integer.class));
                        return all.stream();
                    })
                    .toList();
        } finally {
            other.rollback();
        }
    }
}
