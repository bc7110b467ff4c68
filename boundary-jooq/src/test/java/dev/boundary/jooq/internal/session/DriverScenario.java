package dev.boundary.jooq.internal.session;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** JDBC calls as a service makes them, in short scenarios. */
@SuppressWarnings({"ReferenceEquality", "UnnecessaryStringBuilder"}) // which object is given is what they compare
enum DriverScenario {
    RESULTS_OF_EXECUTE {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            for (String sql : List.of(
                    SELECT,
                    "update note set text = text",
                    "create temporary table gone (x int) on commit drop",
                    "delete from note where false",
                    "insert into note (id, text) values (70, 'x') returning id, text",
                    "select 1 where false",
                    "values (1), (2)",
                    "show datestyle")) {
                try (Statement s = c.createStatement()) {
                    log.see(sql, () -> s.execute(sql));
                    results(s, log);
                }
                try (PreparedStatement s = c.prepareStatement(sql)) {
                    log.see("prepared " + sql, s::execute);
                    results(s, log);
                }
            }
        }
    },
    SEVERAL_RESULTS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            for (int closing : new int[] {
                Statement.CLOSE_CURRENT_RESULT, Statement.KEEP_CURRENT_RESULT, Statement.CLOSE_ALL_RESULTS
            }) {
                try (Statement s = c.createStatement()) {
                    several(s, s.execute(SEVERAL), closing, log);
                }
                try (PreparedStatement s = c.prepareStatement(SEVERAL)) {
                    several(s, s.execute(), closing, log);
                }
            }
        }

        private void several(Statement s, boolean first, int closing, DriverLog log) throws SQLException {
            log.see("first", () -> first);
            ResultSet one = s.getResultSet();
            log.see("second", () -> s.getMoreResults(closing));
            log.see("count", s::getUpdateCount);
            log.see("first closed", one::isClosed);
            log.see("third", () -> s.getMoreResults(closing));
            ResultSet three = s.getResultSet();
            log.see("rows", () -> three);
            log.see("first closed", one::isClosed);
            log.see("end", () -> s.getMoreResults(closing));
            log.see("count", s::getLargeUpdateCount);
            log.see("rows", s::getResultSet);
            log.see("third closed", three::isClosed);
            log.see("beyond", s::getMoreResults);
        }
    },
    EXECUTE_QUERY_AND_UPDATE {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            for (String sql : List.of(
                    SELECT,
                    "update note set text = text || 'x'",
                    SEVERAL,
                    "update note set text = 'y'; select 1",
                    "update note set text = 'z'; delete from note where id = 1",
                    "select 1; select 2",
                    "select 1;",
                    "",
                    " ",
                    ";",
                    "-- nothing",
                    "/* no /* thing */ */ ;",
                    "set datestyle to iso",
                    "do $$ begin perform 1; end $$")) {
                try (Statement s = c.createStatement()) {
                    log.see("query " + sql, () -> s.executeQuery(sql));
                    log.see("update " + sql, () -> s.executeUpdate(sql));
                    results(s, log);
                    log.see("large update " + sql, () -> s.executeLargeUpdate(sql));
                    log.see("execute " + sql, () -> s.execute(sql));
                    results(s, log);
                }
                try (PreparedStatement s = c.prepareStatement(sql)) {
                    log.see("prepared query " + sql, s::executeQuery);
                    log.see("prepared update " + sql, s::executeUpdate);
                    results(s, log);
                    log.see("prepared large update " + sql, s::executeLargeUpdate);
                    log.see("prepared execute " + sql, s::execute);
                    results(s, log);
                }
                log.see("rows after it", () -> rows(c));
            }
        }
    },
    NOTHING_TO_EXECUTE {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            log.see("prepare null", () -> c.prepareStatement(nothing()));
            log.see("call null", () -> c.prepareCall(nothing()));
            Statement s = c.createStatement();
            log.see("execute null", () -> s.execute(nothing()));
            log.see("query null", () -> s.executeQuery(nothing()));
            log.see("update null", () -> s.executeUpdate(nothing()));
            log.run("batch null", () -> s.addBatch(nothing()));
            log.see("empty batch", s::executeBatch);
            log.see("empty large batch", s::executeLargeBatch);
            try (PreparedStatement p = c.prepareStatement(SELECT)) {
                log.see("empty batch", p::executeBatch);
                log.see("query of a text", () -> p.executeQuery(SELECT));
                log.see("update of a text", () -> p.executeUpdate(SELECT));
                log.see("execute a text", () -> p.execute(SELECT));
                log.run("batch of a text", () -> p.addBatch(SELECT));
            }
        }
    },
    ERRORS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            for (String sql : List.of(
                    "selec 1",
                    "select 1 from nowhere",
                    "select 1 / 0",
                    "select 'a",
                    "select \"a",
                    "select $$a",
                    "select /* a",
                    "select ?",
                    "select 1; selec 2",
                    "select 'a; select 2",
                    "select ')', (",
                    "insert into note (id, text) values (1, 'x')",
                    "insert into note (tenant_id) values (2)",
                    "select nobody(1)",
                    "do $$ begin raise exception 'it %', 1 using hint = 'that', detail = 'this'; end $$")) {
                try (Statement s = c.createStatement()) {
                    log.see("execute " + sql, () -> s.execute(sql));
                    results(s, log);
                    log.see("query " + sql, () -> s.executeQuery(sql));
                    log.see("update " + sql, () -> s.executeUpdate(sql));
                    log.see("keys " + sql, () -> s.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS));
                }
                log.see("prepared " + sql, () -> prepared(c, sql).execute());
                log.see("described " + sql, () -> prepared(c, sql).getMetaData().getColumnCount());
                log.see(
                        "parameters " + sql,
                        () -> prepared(c, sql).getParameterMetaData().getParameterCount());
                log.see("call " + sql, () -> c.prepareCall(sql).execute());
            }
        }

        private PreparedStatement prepared(Connection c, String sql) throws SQLException {
            return c.prepareStatement(sql);
        }
    },
    CLOSED_STATEMENTS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            Statement s = c.createStatement();
            ResultSet open = s.executeQuery(SELECT);
            s.close();
            s.close();
            log.see("closed", s::isClosed);
            log.see("rows closed", open::isClosed);
            log.see("next", open::next);
            log.see("execute", () -> s.execute(SELECT));
            log.see("query", () -> s.executeQuery(SELECT));
            log.see("update", () -> s.executeUpdate(SELECT));
            log.run("batch", () -> s.addBatch(SELECT));
            log.see("batches", s::executeBatch);
            log.see("rows", s::getResultSet);
            log.see("count", s::getUpdateCount);
            log.see("large count", s::getLargeUpdateCount);
            log.see("more", s::getMoreResults);
            log.see("more", () -> s.getMoreResults(Statement.KEEP_CURRENT_RESULT));
            log.see("keys", s::getGeneratedKeys);
            log.see("max rows", s::getMaxRows);
            log.see("warnings", s::getWarnings);
            log.run("cancel", s::cancel);
            PreparedStatement p = c.prepareStatement("select ?::int");
            p.setInt(1, 1);
            p.close();
            log.see("closed", p::isClosed);
            log.see("execute", p::execute);
            log.see("query", p::executeQuery);
            log.see("update", p::executeUpdate);
            log.run("set", () -> p.setInt(1, 2));
            log.run("batch", p::addBatch);
            log.see("batches", p::executeBatch);
            log.see("rows", p::getResultSet);
            log.see("count", p::getUpdateCount);
            log.see("metadata", p::getMetaData);
            log.see("parameters", p::getParameterMetaData);
        }
    },
    GENERATED_KEYS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            String insert = "insert into note (id, text) values (80, 'k')";
            String remove = "delete from note where id = 80";
            try (Statement s = c.createStatement()) {
                log.see("none", () -> s.executeUpdate(insert, Statement.NO_GENERATED_KEYS));
                log.see("keys", s::getGeneratedKeys);
                log.see("all", () -> s.executeUpdate(remove, Statement.RETURN_GENERATED_KEYS));
                log.see("keys", s::getGeneratedKeys);
                log.see("count", s::getUpdateCount);
                log.see("column", () -> s.executeUpdate(insert, new String[] {"id"}));
                log.see("keys", s::getGeneratedKeys);
                log.see("execute", () -> s.execute(remove, new String[] {"text"}));
                results(s, log);
                log.see("keys", s::getGeneratedKeys);
                log.see("no columns", () -> s.execute(insert, new String[0]));
                log.see("unknown column", () -> s.execute(remove, new String[] {"nope"}));
                log.see("by index", () -> s.execute(remove, new int[] {1}));
                log.see("by no index", () -> s.execute(remove, new int[0]));
                log.see("wrong", () -> s.execute(remove, 77));
                log.see("large", () -> s.executeLargeUpdate(insert, Statement.RETURN_GENERATED_KEYS));
                log.see("select", () -> s.execute(SELECT, Statement.RETURN_GENERATED_KEYS));
                log.see("keys", s::getGeneratedKeys);
                log.see("plain", () -> s.executeUpdate(remove));
                log.see("keys", s::getGeneratedKeys);
            }
            try (PreparedStatement s =
                    c.prepareStatement("update note set text = ? where id = ?", Statement.RETURN_GENERATED_KEYS)) {
                s.setString(1, "k");
                s.setInt(2, 1);
                log.see("prepared", s::executeUpdate);
                log.see("keys", s::getGeneratedKeys);
                s.addBatch();
                s.setInt(2, 2);
                s.addBatch();
                log.see("batch", s::executeBatch);
                log.see("keys", s::getGeneratedKeys);
            }
        }
    },
    BATCHES {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (Statement s = c.createStatement()) {
                s.addBatch("update note set text = 'b'");
                s.addBatch("insert into note (id, text) values (81, 'c')");
                s.addBatch("create temporary table t (x int) on commit drop");
                log.see("batch", s::executeBatch);
                results(s, log);
                log.see("again", s::executeBatch);
                s.addBatch("update note set text = 'd'");
                s.clearBatch();
                log.see("cleared", s::executeBatch);
                s.addBatch("update note set text = 'e'");
                s.addBatch("select 1 / 0");
                s.addBatch("update note set text = 'f'");
                log.see("failing", s::executeBatch);
                log.see("rows after it", () -> rows(c));
                s.addBatch("select 1");
                log.see("of rows", s::executeBatch);
                log.run("several", () -> s.addBatch("select 1; select 2"));
                s.clearBatch();
                s.addBatch("update note set text = 'g'");
                log.see("other in between", () -> s.executeUpdate("update note set text = 'h'"));
                log.see("large", s::executeLargeBatch);
            }
            log.see("rows after it", () -> rows(c));
        }
    },
    PREPARED_BATCHES {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (PreparedStatement s = c.prepareStatement("insert into note (id, text) values (?, ?)")) {
                for (int i = 90; i < 95; i++) {
                    s.setInt(1, i);
                    s.setString(2, i == 92 ? null : "n" + i);
                    s.addBatch();
                }
                log.see("batch", s::executeBatch);
                results(s, log);
                s.setInt(1, 96);
                log.see("one", s::executeUpdate);
                s.addBatch();
                s.setInt(1, 97);
                s.addBatch();
                log.see("failing", s::executeBatch);
                s.clearParameters();
                log.run("without parameters", s::addBatch);
                log.see("executed", s::executeBatch);
                s.setInt(1, 98);
                s.setString(2, "x");
                s.addBatch();
                s.clearBatch();
                log.see("cleared", s::executeLargeBatch);
            }
            log.see("rows after it", () -> rows(c));
        }
    },
    PARAMETERS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            for (int i = 0; i < 3; i++) {
                for (Parameter each : PARAMETERS_OF_ALL_TYPES) {
                    try (PreparedStatement s = c.prepareStatement(
                            "select ?::" + each.type() + " as x, count(*) as n" + " from note where id < 3")) {
                        each.set().set(s, 1);
                        log.see(each.type(), s::executeQuery);
                        log.see("text of " + each.type(), s::toString);
                    }
                }
            }
        }
    },
    WRONG_PARAMETERS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (PreparedStatement s = c.prepareStatement("select ?::int, ?::text")) {
                log.run("zero", () -> s.setInt(0, 1));
                log.run("minus", () -> s.setString(-1, "x"));
                log.run("three", () -> s.setInt(3, 1));
                log.run("null three", () -> s.setNull(3, Types.INTEGER));
                log.see("none set", s::executeQuery);
                s.setInt(1, 1);
                log.see("one set", s::executeQuery);
                log.see("text", s::toString);
                s.setString(2, "it's ? \\ ;");
                log.see("text", s::toString);
                log.see("both set", s::executeQuery);
                log.run("unknown", () -> s.setObject(1, new StringBuilder("x")));
                log.run("unknown type", () -> s.setObject(1, "x", Types.INTEGER));
                log.run("map", () -> s.setObject(1, Collections.emptyMap()));
                log.run("zero char", () -> s.setString(2, "a\0b"));
                log.see("as it is", s::executeQuery);
                s.clearParameters();
                log.see("cleared", s::executeQuery);
            }
            log.run("index without placeholders", () -> {
                try (PreparedStatement s = c.prepareStatement(SELECT)) {
                    s.setInt(1, 1);
                }
            });
            try (PreparedStatement s = c.prepareStatement("select 1 as a; select ?::int as b; select ?::int as c")) {
                s.setInt(1, 5);
                log.see("second of several", s::execute);
                s.setInt(2, 6);
                log.see("both", s::execute);
                log.run("third", () -> s.setInt(3, 7));
                s.getMoreResults();
                log.see("rows", s::getResultSet);
                log.see("text", s::toString);
            }
        }
    },
    DESCRIPTIONS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (PreparedStatement s = c.prepareStatement("select ? + ? as sum")) {
                log.see("untyped", () -> s.getMetaData().getColumnTypeName(1));
                s.setInt(1, 1);
                s.setInt(2, 2);
                log.see("typed", () -> s.getMetaData().getColumnTypeName(1));
                log.see("parameter", () -> s.getParameterMetaData().getParameterTypeName(2));
                log.see("rows", s::executeQuery);
                log.see("after it", () -> s.getMetaData().getColumnTypeName(1));
            }
            try (PreparedStatement s = c.prepareStatement("update note set text = ? where id = ?")) {
                log.see("none", s::getMetaData);
                log.see("parameters", () -> s.getParameterMetaData().getParameterCount());
                log.see("type", () -> s.getParameterMetaData().getParameterClassName(1));
                s.setString(1, "x");
                s.setInt(2, 1);
                log.see("update", s::executeUpdate);
            }
            try (PreparedStatement s = c.prepareStatement("select id, text from note where id = ?")) {
                log.see("columns", () -> s.getMetaData().getColumnCount());
                log.see("table", () -> s.getMetaData().getTableName(1));
                s.setInt(1, 1);
                ResultSet rows = s.executeQuery();
                log.see("nullable", () -> rows.getMetaData().isNullable(1));
                log.see("increments", () -> rows.getMetaData().isAutoIncrement(1));
                log.see("rows", () -> rows);
            }
            try (PreparedStatement s = c.prepareStatement("select encode(?, 'hex') as b")) {
                s.setBinaryStream(1, bytes("abc"));
                log.see("stream", () -> s.getMetaData().getColumnTypeName(1));
                log.see("rows", s::executeQuery);
            }
        }
    },
    STREAMS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            String sql = "insert into note (id, text) values (?, ?)";
            try (PreparedStatement s = c.prepareStatement(sql)) {
                int id = 100;
                s.setInt(1, id++);
                log.run("characters", () -> s.setCharacterStream(2, new StringReader("chars")));
                log.see("update", s::executeUpdate);
                s.setInt(1, id++);
                log.run("some characters", () -> s.setCharacterStream(2, new StringReader("chars"), 3));
                log.see("update", s::executeUpdate);
                s.setInt(1, id++);
                log.run("ascii", () -> s.setAsciiStream(2, bytes("ascii"), 5));
                s.addBatch();
                s.setInt(1, id++);
                log.run("no stream", () -> s.setCharacterStream(2, null, 3));
                s.addBatch();
                s.setInt(1, id++);
                log.run("lazy", () -> s.setCharacterStream(2, new StringReader("lazy")));
                s.addBatch();
                log.see("batch", s::executeBatch);
                log.run("negative", () -> s.setCharacterStream(2, new StringReader("x"), -1));
                log.run("long", () -> s.setCharacterStream(2, new StringReader("x"), 1L));
                log.run("fails", () -> s.setCharacterStream(2, broken(), 3));
                log.run("nchar", () -> s.setNCharacterStream(2, new StringReader("x")));
            }
            try (PreparedStatement s = c.prepareStatement(sql)) {
                s.setInt(1, 110);
                s.setCharacterStream(2, new StringReader("first row"), 9);
                s.addBatch();
                log.see("batch", s::executeBatch);
            }
            try (PreparedStatement s = c.prepareStatement("insert into note (id, text) values (?, encode(?, 'hex'))")) {
                s.setInt(1, 120);
                s.setBinaryStream(2, bytes("abc"));
                log.see("binary", s::executeUpdate);
                s.clearParameters();
                s.setInt(1, 121);
                s.setBytes(2, new byte[] {1, 2});
                s.addBatch();
                log.see("after a stream", s::executeBatch);
                s.setInt(1, 122);
                s.setBinaryStream(2, bytes("abc"), 2);
                s.addBatch();
                log.see("some", s::executeBatch);
                s.setInt(1, 123);
                s.setBinaryStream(2, bytes("abc"), 5);
                log.see("too few", s::executeUpdate);
            }
            log.see("rows after it", () -> rows(c));
            firstOfABatch(c, log);
        }

        // For the first row of a batch the parameters are set twice.
        private void firstOfABatch(Connection c, DriverLog log) throws SQLException {
            int id = 150;
            for (int length : new int[] {3, 51_200, 200_000}) {
                String content = "x".repeat(length);
                for (Setter setter : List.<Setter>of(
                        (s, i) -> s.setCharacterStream(i, new StringReader(content)),
                        (s, i) -> s.setCharacterStream(i, new StringReader(content), length - 1),
                        (s, i) -> s.setAsciiStream(i, bytes(content), length - 1),
                        (s, i) -> s.setBinaryStream(i, bytes(content)),
                        (s, i) -> s.setBinaryStream(i, bytes(content), length - 1),
                        (s, i) -> s.setObject(i, bytes(content), Types.LONGVARCHAR),
                        (s, i) -> s.setObject(i, bytes(content)))) {
                    id++;
                    int row = id;
                    log.run("set", () -> {
                        try (PreparedStatement s =
                                c.prepareStatement("insert into note (id, text) values (?, length(?)::text)")) {
                            s.setInt(1, row);
                            setter.set(s, 2);
                            s.addBatch();
                            s.executeBatch();
                            s.setInt(1, -row);
                            setter.set(s, 2);
                            s.executeUpdate();
                        }
                    });
                }
            }
            log.see("rows after it", () -> rows(c));
        }

        private Reader broken() {
            return new Reader() {
                @Override
                public int read(char[] chars, int offset, int length) throws IOException {
                    throw new IOException("broken");
                }

                @Override
                public void close() {}
            };
        }
    },
    LARGE_OBJECTS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (PreparedStatement s = c.prepareStatement("select ?::oid is not null as made")) {
                log.run("in autocommit", () -> s.setBlob(1, bytes("blob")));
            }
            c.setAutoCommit(false);
            try (PreparedStatement s =
                    c.prepareStatement("insert into note (id, text) values (?, length(lo_get(?))::text)")) {
                s.setInt(1, 130);
                s.setBlob(2, bytes("blob"));
                log.see("update", s::executeUpdate);
                s.setInt(1, 131);
                s.setBlob(2, bytes("blob 2"), 3);
                s.addBatch();
                s.setInt(1, 132);
                s.setObject(2, bytes("object"), Types.BLOB);
                s.addBatch();
                s.setInt(1, 133);
                s.setNull(2, Types.BLOB);
                s.addBatch();
                log.see("batch", s::executeBatch);
            }
            try (PreparedStatement s =
                    c.prepareStatement("insert into note (id, text) values (?, length(lo_get(?))::text)")) {
                s.setInt(1, 134);
                s.setObject(2, bytes("first"), JDBCType.BLOB.getVendorTypeNumber());
                s.addBatch();
                log.see("first row of a batch", s::executeBatch);
            }
            log.see("made", () -> query(c, "select count(*) from pg_largeobject_metadata"));
            log.see("rows after it", () -> rows(c));
            ResultSet rows = query(c, "select lo_from_bytea(0, 'abc') as o");
            rows.next();
            Blob blob = rows.getBlob(1);
            log.see("length", blob::length);
            log.see("read", () -> blob.getBytes(1, 3));
            log.run("clob", () -> c.createClob());
            c.rollback();
            log.see("undone", () -> query(c, "select count(*) from pg_largeobject_metadata"));
        }
    },
    ARRAYS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            Array made = c.createArrayOf("int4", new Object[] {1, 2, null});
            log.see("made", made::getArray);
            try (PreparedStatement s = c.prepareStatement("select ?::int[] as a, ?::text[] as b")) {
                s.setArray(1, made);
                s.setObject(2, new String[] {"x", "y"});
                ResultSet rows = s.executeQuery();
                rows.next();
                Array read = rows.getArray(1);
                log.see("elements", read::getArray);
                log.see("type", read::getBaseTypeName);
                log.see("as rows", read::getResultSet);
                log.see("some rows", () -> read.getResultSet(1, 1));
                log.see("object", () -> ((Array) rows.getObject(2)).getArray());
                log.see("typed", () -> rows.getObject("b", Array.class).getArray());
                log.see("connection", () -> read.getResultSet().getStatement().getConnection() == c);
                s.setArray(1, read);
                s.setObject(2, rows.getObject(2));
                log.see("sent back", s::executeQuery);
                s.setArray(1, null);
                log.see("null", s::executeQuery);
            }
        }
    },
    VALUES_OF_ALL_TYPES {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            String sql = "select 1::int2 a, 2::int4 b, 3::int8 c, 1.5::numeric d, 1.5::float8 e, true f, 'x'::text g,"
                    + " '1 day'::interval h, '00000000-0000-0000-0000-000000000001'::uuid i, '\\x01'::bytea j,"
                    + " '{\"a\":1}'::jsonb k, '2020-01-02'::date l, '2020-01-02 03:04'::timestamp m,"
                    + " '2020-01-02 03:04+00'::timestamptz n, '(1,2)'::point o, null::int p, 'a'::\"char\" q, count(*) r"
                    + " from note";
            for (int time = 0; time < 7; time++) {
                try (PreparedStatement s = c.prepareStatement(sql);
                        ResultSet rows = s.executeQuery()) {
                    rows.next();
                    for (int i = 1; i <= 18; i++) {
                        int column = i;
                        log.see("" + i, () -> rows.getObject(column));
                    }
                    log.see("null", rows::wasNull);
                    log.see("typed", () -> rows.getObject("l", LocalDate.class));
                    log.see("wrong", () -> rows.getObject("l", UUID.class));
                    log.see("wrong", () -> rows.getInt("g"));
                    log.see("none", () -> rows.getInt("nope"));
                    log.see("none", () -> rows.getInt(77));
                }
            }
        }
    },
    CALLS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (CallableStatement s = c.prepareCall("{? = call upper(?)}")) {
                s.registerOutParameter(1, Types.VARCHAR);
                s.setString(2, "x");
                log.see("execute", s::execute);
                log.see("out", () -> s.getString(1));
                log.see("object", () -> s.getObject(1));
                log.see("wrong", () -> s.getInt(1));
            }
            try (CallableStatement s = c.prepareCall("{call note_count(?)}")) {
                s.setInt(1, 1);
                log.see("query", s::executeQuery);
                log.see("execute", s::execute);
                results(s, log);
                log.see("update", s::executeUpdate);
            }
            c.setAutoCommit(false);
            try (CallableStatement s = c.prepareCall("{? = call note_cursor()}")) {
                s.registerOutParameter(1, Types.OTHER);
                log.see("execute", s::execute);
                ResultSet cursor = (ResultSet) s.getObject(1);
                log.see("connection", () -> cursor.getStatement().getConnection() == c);
                log.see("rows", () -> cursor);
            }
            try (Statement s = c.createStatement();
                    ResultSet rows = s.executeQuery("select note_cursor()")) {
                rows.next();
                log.see("cursor", () -> rows.getObject(1));
            }
            c.rollback();
            log.see("connection", () -> c.prepareCall("{call note_count(1)}").getConnection() == c);
        }
    },
    CLOSE_ON_COMPLETION {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            Statement s = c.createStatement();
            s.closeOnCompletion();
            log.see("wanted", s::isCloseOnCompletion);
            log.see("update", () -> s.executeUpdate("update note set text = 'x'"));
            log.see("closed", s::isClosed);
            ResultSet rows = s.executeQuery(SELECT);
            log.see("rows", () -> rows);
            log.see("closed", s::isClosed);
            rows.close();
            log.see("closed", s::isClosed);
            PreparedStatement p = c.prepareStatement(SEVERAL);
            p.closeOnCompletion();
            p.execute();
            ResultSet first = p.getResultSet();
            p.getMoreResults(Statement.KEEP_CURRENT_RESULT);
            p.getMoreResults(Statement.KEEP_CURRENT_RESULT);
            ResultSet third = p.getResultSet();
            first.close();
            log.see("closed", p::isClosed);
            third.close();
            log.see("closed", p::isClosed);
            PreparedStatement without = c.prepareStatement(SELECT);
            without.executeQuery().close();
            log.see("closed", without::isClosed);
        }
    },
    IDENTITIES {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (Statement s = c.createStatement()) {
                s.execute(SELECT);
                ResultSet first = s.getResultSet();
                log.see("same rows", () -> s.getResultSet() == first);
                log.see("statement", () -> s.getResultSet().getStatement() == s);
                log.see("connection", () -> s.getConnection() == c);
                ResultSet rows = s.executeQuery(SELECT);
                log.see("same rows", () -> s.getResultSet() == rows);
                s.executeUpdate("update note set text = 'x' where id = 1", Statement.RETURN_GENERATED_KEYS);
                log.see("keys", () -> s.getGeneratedKeys().getStatement() == s);
            }
            try (PreparedStatement s = c.prepareStatement(SELECT)) {
                ResultSet rows = s.executeQuery();
                log.see("same rows", () -> s.getResultSet() == rows);
                log.see("statement", () -> rows.getStatement() == s);
                log.see("connection", () -> rows.getStatement().getConnection() == c);
            }
            log.see("metadata", () -> c.getMetaData().getConnection() == c);
            log.see(
                    "metadata rows",
                    () -> c.getMetaData().getSchemas().getStatement().getConnection() == c);
        }
    },
    LIMITS_AND_OPTIONS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (Statement s = c.createStatement()) {
                s.setMaxRows(1);
                log.see("one row", () -> s.executeQuery("select id from note order by id"));
                s.setMaxRows(0);
                s.setFetchSize(2);
                log.see("fetch size", () -> s.executeQuery("select id from note order by id"));
                log.see("after it", s::getFetchSize);
                s.setMaxFieldSize(1);
                log.see("short", () -> s.executeQuery("select 'abc'::varchar as x"));
                s.setQueryTimeout(7);
                log.see("timeout", s::getQueryTimeout);
                log.run("negative", () -> s.setFetchSize(-1));
                log.run("negative", () -> s.setMaxRows(-1));
                log.run("negative", () -> s.setQueryTimeout(-1));
                log.run("large", () -> s.setLargeMaxRows(1));
                log.run("direction", () -> s.setFetchDirection(ResultSet.FETCH_REVERSE));
                log.see("direction", s::getFetchDirection);
                s.setFetchDirection(ResultSet.FETCH_FORWARD);
                log.run("cursor", () -> s.setCursorName("x"));
                log.see("poolable", s::isPoolable);
                log.see("concurrency", s::getResultSetConcurrency);
                log.see("type", s::getResultSetType);
                log.see("holdability", s::getResultSetHoldability);
                s.setEscapeProcessing(false);
                log.see("unescaped", () -> s.executeQuery("select {fn upper('x')}"));
                s.setEscapeProcessing(true);
                log.see("escaped", () -> s.executeQuery("select {fn upper('x')} as x, {d '2020-01-02'} as d"));
                log.see("quoted", () -> s.enquoteLiteral("it's") + s.enquoteIdentifier("A b", false));
            }
            try (Statement s = c.createStatement()) {
                s.setQueryTimeout(1);
                log.see("too long", () -> s.execute("select pg_sleep(0)"));
            }
            try (PreparedStatement s = c.prepareStatement("insert into note (id, text) values (?, 'x') returning id")) {
                s.setMaxRows(1);
                s.setFetchSize(3);
                s.setQueryTimeout(9);
                s.setPoolable(false);
                s.setInt(1, 140);
                log.see("returning", s::executeQuery);
                s.setInt(1, 141);
                log.run("batch", s::addBatch);
                log.see(
                        "kept",
                        () -> s.getMaxRows() + " " + s.getFetchSize() + " " + s.getQueryTimeout() + " "
                                + s.isPoolable());
            }
        }
    },
    SCROLLING_AND_HOLDING {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                    ResultSet rows = s.executeQuery("select id, text from note order by id")) {
                log.see("last", rows::last);
                log.see("row", rows::getRow);
                log.see("previous", rows::previous);
                log.see("absolute", () -> rows.absolute(1));
                log.see("value", () -> rows.getInt(1));
                log.run("update", () -> rows.updateString(2, "x"));
            }
            c.setAutoCommit(false);
            try (PreparedStatement s = c.prepareStatement(
                    "select id from note order by id",
                    ResultSet.TYPE_FORWARD_ONLY,
                    ResultSet.CONCUR_READ_ONLY,
                    ResultSet.HOLD_CURSORS_OVER_COMMIT)) {
                s.setFetchSize(1);
                ResultSet rows = s.executeQuery();
                rows.next();
                c.commit();
                log.see("held", rows::next);
            }
            try (Statement s = c.createStatement()) {
                s.setFetchSize(1);
                ResultSet rows = s.executeQuery("select id from note order by id");
                rows.next();
                c.commit();
                log.see("not held", rows::next);
            }
            log.run("wrong type", () -> c.createStatement(1, ResultSet.CONCUR_READ_ONLY));
            log.run("wrong concurrency", () -> c.createStatement(ResultSet.TYPE_FORWARD_ONLY, 2));
        }
    },
    CURSORS_IN_A_TRANSACTION {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            c.setAutoCommit(false);
            try (PreparedStatement s = c.prepareStatement("select id from note where id < ? order by id")) {
                s.setFetchSize(1);
                s.setInt(1, 100);
                for (int i = 0; i < 8; i++) {
                    log.see("rows", s::executeQuery);
                }
            }
            c.commit();
            try (Statement s = c.createStatement()) {
                log.run("begin", () -> s.execute("begin"));
                s.execute("declare c cursor for select id from note order by id");
                log.see("fetch", () -> s.executeQuery("fetch 1 from c"));
                log.see("move", () -> s.executeUpdate("move 1 in c"));
                log.see("fetch", () -> s.executeQuery("fetch all from c"));
                log.run("close", () -> s.execute("close c"));
                log.run("end", () -> s.execute("end"));
            }
            c.setAutoCommit(true);
            try (Statement s = c.createStatement()) {
                s.execute("begin");
                s.setFetchSize(1);
                log.see("rows", () -> s.executeQuery("select id from note order by id"));
                s.execute("commit");
                log.see("in autocommit", () -> s.executeQuery("select id from note order by id"));
            }
        }
    },
    WARNINGS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (Statement s = c.createStatement()) {
                s.execute("do $$ begin raise notice 'one'; raise warning 'two'; end $$");
                SQLWarning(log, s.getWarnings());
                log.run("clear", s::clearWarnings);
                log.see("cleared", s::getWarnings);
                s.execute("do $$ begin raise notice 'three'; end $$");
                s.execute(SELECT);
                log.see("next statement", s::getWarnings);
                log.run("commit outside", () -> s.execute("commit"));
                log.see("no transaction", s::getWarnings);
            }
            log.see("connection", c::getWarnings);
        }

        private void SQLWarning(DriverLog log, java.sql.SQLWarning first) {
            for (java.sql.SQLWarning each = first; each != null; each = each.getNextWarning()) {
                java.sql.SQLWarning warning = each;
                log.see("warning", () -> warning.getMessage());
            }
        }
    },
    TRANSACTIONS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            log.see("autocommit", c::getAutoCommit);
            log.run("commit", c::commit);
            log.run("rollback", c::rollback);
            log.run("savepoint", c::setSavepoint);
            c.setAutoCommit(false);
            try (Statement s = c.createStatement()) {
                s.executeUpdate("update note set text = 'x'");
                Savepoint point = c.setSavepoint("a");
                log.see("name", point::getSavepointName);
                log.see("failing", () -> s.execute("select 1 / 0"));
                log.see("aborted", () -> s.execute(SELECT));
                log.see("aborted", () -> c.prepareStatement(SELECT).executeQuery());
                log.see("aborted", () -> c.prepareCall("{call note_count(1)}").execute());
                log.see("aborted", () -> {
                    s.addBatch("update note set text = 'y'");
                    return s.executeBatch();
                });
                log.run("back", () -> c.rollback(point));
                log.see("rows", () -> rows(c));
                log.run("release", () -> c.releaseSavepoint(point));
                log.run("twice", () -> c.releaseSavepoint(point));
                log.see("failing", () -> s.execute("select 1 / 0"));
                log.run("commit", c::commit);
                log.see("rows", () -> rows(c));
                s.executeUpdate("update note set text = 'z'");
                log.run("autocommit on", () -> c.setAutoCommit(true));
                log.see("rows", () -> rows(c));
                log.run("isolation", () -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
                log.see("isolation", c::getTransactionIsolation);
                log.see("isolation", () -> s.executeQuery("show transaction_isolation"));
                c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    },
    TRANSACTIONS_BY_SQL {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            for (boolean prepared : new boolean[] {false, true}) {
                for (String sql : List.of(
                        "begin isolation level serializable",
                        "update note set text = 'in sql'",
                        "savepoint a",
                        "select 1 / 0",
                        SELECT,
                        "rollback to a",
                        SELECT,
                        "release a",
                        "select 1 / 0",
                        "commit",
                        SELECT,
                        "start transaction read only",
                        "update note set text = 'read only'",
                        "rollback",
                        "rollback",
                        "set transaction isolation level serializable",
                        "set session characteristics as transaction isolation level read committed",
                        "begin; set transaction isolation level repeatable read;",
                        "show transaction_isolation",
                        "abort",
                        "prepare transaction 'x'",
                        "prepare p as select 1 as one",
                        "execute p",
                        "deallocate p")) {
                    if (prepared) {
                        try (PreparedStatement s = c.prepareStatement(sql)) {
                            log.see("prepared " + sql, s::execute);
                            results(s, log);
                        }
                    } else {
                        try (Statement s = c.createStatement()) {
                            log.see(sql, () -> s.execute(sql));
                            results(s, log);
                        }
                    }
                    log.see("autocommit", c::getAutoCommit);
                }
            }
        }
    },
    CONNECTION_OPTIONS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            log.see("read only", c::isReadOnly);
            log.run("read only", () -> c.setReadOnly(true));
            c.setAutoCommit(false);
            log.see("write", () -> c.createStatement().executeUpdate("update note set text = 'x'"));
            c.rollback();
            c.setAutoCommit(true);
            c.setReadOnly(false);
            log.see("catalog", () -> c.getCatalog() != null);
            log.see("schema", c::getSchema);
            log.run("schema", () -> c.setSchema("pg_catalog"));
            log.see("schema", c::getSchema);
            c.setSchema("public");
            log.see("holdability", c::getHoldability);
            log.run("holdability", () -> c.setHoldability(77));
            log.run("client", () -> c.setClientInfo("ApplicationName", "compared"));
            log.see("client", () -> c.getClientInfo("ApplicationName"));
            log.run("unknown", () -> c.setClientInfo("nope", "x"));
            log.see("valid", () -> c.isValid(1));
            log.see("valid", () -> c.isValid(-1));
            log.see("native", () -> c.nativeSQL("select {fn now()}"));
            log.see("types", c::getTypeMap);
            log.run("struct", () -> c.createStruct("x", new Object[0]));
            log.see("timeout", c::getNetworkTimeout);
            log.see("xml", () -> c.createSQLXML() != null);
            log.run("isolation", () -> c.setTransactionIsolation(77));
        }
    },
    METADATA {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            log.see("tables", () -> c.getMetaData().getTables(null, "public", "note", null));
            log.see("columns", () -> c.getMetaData().getColumns(null, "public", "note", "%"));
            log.see("keys", () -> c.getMetaData().getPrimaryKeys(null, "public", "note"));
            log.see("product", () -> c.getMetaData().getDatabaseProductName());
            log.see("user", () -> c.getMetaData().getUserName() != null);
            log.see("long", () -> c.getMetaData().getMaxColumnNameLength());
            log.see("functions", () -> c.getMetaData().getFunctions(null, "public", "note%"));
            log.see("rows", () -> c.getMetaData().getTypeInfo().isClosed());
            log.see("not there", () -> c.getMetaData().getSuperTables(null, null, null));
        }
    },
    CLOSED_CONNECTION {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            Statement s = c.createStatement();
            PreparedStatement p = c.prepareStatement(SELECT);
            ResultSet rows = s.executeQuery(SELECT);
            c.close();
            c.close();
            log.see("closed", c::isClosed);
            log.see("valid", () -> c.isValid(1));
            log.see("statement", c::createStatement);
            log.see("prepare", () -> c.prepareStatement(SELECT));
            log.see("call", () -> c.prepareCall(SELECT));
            log.run("commit", c::commit);
            log.run("rollback", c::rollback);
            log.see("autocommit", c::getAutoCommit);
            log.run("autocommit", () -> c.setAutoCommit(false));
            log.see("metadata", c::getMetaData);
            log.see("isolation", c::getTransactionIsolation);
            log.see("schema", c::getSchema);
            log.see("execute", () -> s.execute(SELECT));
            log.see("prepared", p::executeQuery);
            log.see("batch", s::executeBatch);
            log.see("next", rows::next);
            log.see("closed", s::isClosed);
        }
    },
    ABORTED_CONNECTION {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            Statement s = c.createStatement();
            c.abort(Runnable::run);
            log.see("closed", c::isClosed);
            log.see("execute", () -> s.execute(SELECT));
            log.run("commit", c::commit);
            log.run("close", c::close);
        }
    },
    MANY_PARAMETERS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            for (int count : new int[] {65_534, 65_535, 65_536}) {
                String sql = "select count(*) from note where id in (" + "?,".repeat(count - 1) + "?)";
                log.see(count + " parameters", () -> {
                    try (PreparedStatement s = c.prepareStatement(sql)) {
                        for (int i = 1; i <= count; i++) {
                            s.setLong(i, i);
                        }
                        return rowsOf(s.executeQuery());
                    }
                });
            }
        }
    },
    MANY_STATEMENTS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            String sql = IntStream.range(0, 400)
                    .mapToObj(i -> "insert into note (id, text) values (" + (1000 + i) + ", 'many')")
                    .reduce("", (all, each) -> all + each + ";");
            try (Statement s = c.createStatement()) {
                log.see("execute", () -> s.execute(sql));
                int results = 0;
                while (s.getUpdateCount() == 1) {
                    results++;
                    s.getMoreResults();
                }
                int all = results;
                log.see("results", () -> all);
            }
            log.see("rows", () -> query(c, "select count(*) from note where text = 'many'"));
            try (PreparedStatement s =
                    c.prepareStatement(sql.replace("'many'", "'much'").replace("(1", "(2"))) {
                log.see("prepared", s::execute);
            }
            log.see("rows", () -> query(c, "select count(*) from note where text = 'much'"));
        }
    },
    MANY_STATEMENTS_THE_LAST_OF_WHICH_FAILS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            String sql = "insert into note (text) values ('many');".repeat(300) + "select 1 / 0";
            try (Statement s = c.createStatement()) {
                log.see("execute", () -> s.execute(sql));
            }
            log.see("rows", () -> query(c, "select count(*) from note where text = 'many'"));
        }
    },
    FORGOTTEN_BY_THE_SERVER {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (PreparedStatement s = c.prepareStatement("select * from note_view where id = ?")) {
                for (int i = 0; i < 8; i++) {
                    s.setInt(1, 1);
                    log.see("rows", s::executeQuery);
                }
                view("select id, text, 1 as more from note");
                log.see("in autocommit", s::executeQuery);
                log.see("again", s::executeQuery);
                try (Statement other = c.createStatement()) {
                    other.execute("deallocate all");
                }
                log.see("deallocated", s::executeQuery);
                for (int i = 0; i < 8; i++) {
                    log.see("rows", s::executeQuery);
                }
                c.setAutoCommit(false);
                try (Statement other = c.createStatement()) {
                    other.execute("update note set text = 'in it' where id = 2");
                }
                view("select id, text from note");
                log.see("in a transaction", s::executeQuery);
                log.see("after it", () -> rows(c));
                c.rollback();
            }
        }
    },
    COPY_BY_SQL {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (Statement s = c.createStatement()) {
                log.see("out", () -> s.execute("copy (select 1) to stdout"));
                log.see("in", () -> s.execute("copy note from stdin"));
                log.see("after it", () -> s.executeQuery(SELECT));
            }
        }
    },
    OUTSIDE_OF_TRANSACTIONS {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            try (Statement s = c.createStatement()) {
                log.see("vacuum", () -> s.execute("vacuum note"));
                log.see("listen", () -> s.execute("listen note"));
                log.see("notify", () -> s.execute("notify note, 'x'"));
                log.see("unlisten", () -> s.execute("unlisten *"));
                log.see("committing", () -> s.execute("call note_commit()"));
                log.see("discard", () -> s.execute("discard temp"));
                log.see("lock", () -> s.execute("lock table note in share mode"));
            }
        }
    },
    UNWRAPPING {
        @Override
        void go(Connection c, DriverLog log) throws SQLException {
            log.see("connection", () -> c.isWrapperFor(Connection.class));
            log.see("same", () -> c.unwrap(Connection.class) == c);
            log.see("driver's", () -> c.isWrapperFor(org.postgresql.PGConnection.class));
            try (Statement s = c.createStatement()) {
                log.see("driver's statement", () -> s.isWrapperFor(org.postgresql.PGStatement.class));
            }
            log.run(
                    "updatable",
                    () -> c.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE)
                            .close());
        }
    };

    static final String SELECT = "select id, text from note order by id";
    static final String SEVERAL = "select 1 as one; update note set text = 'several'; select 2 as two";

    private record Parameter(String type, Setter set) {}

    @FunctionalInterface
    private interface Setter {
        void set(PreparedStatement statement, int index) throws SQLException;
    }

    @SuppressWarnings("deprecation")
    private static final List<Parameter> PARAMETERS_OF_ALL_TYPES = List.of(
            new Parameter("int", (s, i) -> s.setInt(i, 1)),
            new Parameter("int", (s, i) -> s.setObject(i, 1, Types.INTEGER)),
            new Parameter("int", (s, i) -> s.setNull(i, Types.INTEGER)),
            new Parameter("bigint", (s, i) -> s.setLong(i, 1)),
            new Parameter("smallint", (s, i) -> s.setShort(i, (short) 1)),
            new Parameter("boolean", (s, i) -> s.setBoolean(i, true)),
            new Parameter("float8", (s, i) -> s.setDouble(i, 1.5)),
            new Parameter("float4", (s, i) -> s.setFloat(i, 1.5f)),
            new Parameter("numeric", (s, i) -> s.setBigDecimal(i, new BigDecimal("1.50"))),
            new Parameter("text", (s, i) -> s.setString(i, "it's")),
            new Parameter("text", (s, i) -> s.setNString(i, "x")),
            new Parameter("text", (s, i) -> s.setObject(i, 'c')),
            new Parameter("text", (s, i) -> s.setNull(i, Types.NULL)),
            new Parameter("bytea", (s, i) -> s.setBytes(i, new byte[] {1})),
            new Parameter("date", (s, i) -> s.setDate(i, Date.valueOf("2020-01-02"))),
            new Parameter("date", (s, i) -> s.setObject(i, LocalDate.EPOCH)),
            new Parameter("time", (s, i) -> s.setTime(i, Time.valueOf("01:02:03"))),
            new Parameter("timestamp", (s, i) -> s.setTimestamp(i, Timestamp.valueOf("2020-01-02 03:04:05"))),
            new Parameter("timestamp", (s, i) -> s.setObject(i, LocalDateTime.MIN.withYear(2020))),
            new Parameter("timestamptz", (s, i) -> s.setObject(i, OffsetDateTime.parse("2020-01-02T03:04:05Z"))),
            new Parameter("uuid", (s, i) -> s.setObject(i, new UUID(0, 1))),
            new Parameter("uuid", (s, i) -> s.setNull(i, Types.OTHER)),
            new Parameter("int[]", (s, i) -> s.setObject(i, new int[] {1, 2})),
            new Parameter("jsonb", (s, i) -> s.setObject(i, "{}", Types.OTHER)));

    abstract void go(Connection c, DriverLog log) throws SQLException;

    /** Changes the view as its owner. */
    private static void view(String select) throws SQLException {
        DriverComparisonTest.createView(select);
    }

    private static void results(Statement s, DriverLog log) {
        log.see("  rows", s::getResultSet);
        log.see("  count", s::getUpdateCount);
        log.see("  more", s::getMoreResults);
        log.see("  count", s::getLargeUpdateCount);
        log.see("  keys", s::getGeneratedKeys);
    }

    private static ResultSet rows(Connection c) throws SQLException {
        return query(c, SELECT);
    }

    private static ResultSet query(Connection c, String sql) throws SQLException {
        return c.createStatement().executeQuery(sql);
    }

    private static String rowsOf(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getString(1);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("NullAway") // what a careless caller does
    private static String nothing() {
        @Nullable String nothing = null;
        return nothing;
    }
}
