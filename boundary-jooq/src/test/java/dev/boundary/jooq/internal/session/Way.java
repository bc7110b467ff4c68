package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.Executor;
import org.jooq.CloseableQuery;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;
import org.jspecify.annotations.NullUnmarked;

/** The ways in which jOOQ executes statements. Each adds as many notes as it says, in one transaction, or none. */
@NullUnmarked // jOOQ says of every value that it may be null
enum Way {
    FETCH(0) {
        @Override
        void go(DSLContext db) {
            db.select(NOTE_TEXT).from(NOTE).fetch();
        }
    },
    EXECUTE(1) {
        @Override
        void go(DSLContext db) {
            db.insertInto(NOTE, NOTE_TEXT).values(MARK).execute();
        }
    },
    RETURNING(2) {
        @Override
        void go(DSLContext db) {
            db.insertInto(NOTE, NOTE_TEXT)
                    .values(MARK)
                    .values(MARK)
                    .returning(NOTE_ID)
                    .fetch();
        }
    },
    FETCH_MANY(1) {
        @Override
        void go(DSLContext db) {
            db.fetchMany("insert into note (text) values ('" + MARK + "'); select text from note");
        }
    },
    STATIC_STATEMENT(1) {
        @Override
        void go(DSLContext db) {
            EXECUTE.go(DSL.using(db.configuration()
                    .deriveSettings(settings -> settings.withStatementType(StatementType.STATIC_STATEMENT))));
        }
    },
    CURSOR(1) {
        @Override
        void go(DSLContext db) {
            db.transaction(tx -> {
                EXECUTE.go(tx.dsl());
                try (Cursor<Record> cursor =
                        tx.dsl().selectFrom(NOTE).fetchSize(1).fetchLazy()) {
                    cursor.fetch();
                }
            });
        }
    },
    KEPT_STATEMENT(2) {
        @Override
        void go(DSLContext db) {
            db.transaction(tx -> {
                try (CloseableQuery kept = tx.dsl()
                        .query("insert into note (text) values (?)", MARK)
                        .keepStatement(true)) {
                    kept.execute();
                    kept.execute();
                }
            });
        }
    },
    BATCH_OF_ONE(3) {
        @Override
        void go(DSLContext db) {
            db.batch(db.insertInto(NOTE, NOTE_TEXT).values((String) null))
                    .bind(MARK)
                    .bind(MARK)
                    .bind(MARK)
                    .execute();
        }
    },
    BATCH_OF_SEVERAL(2) {
        @Override
        void go(DSLContext db) {
            db.batch(
                            db.insertInto(NOTE, NOTE_TEXT).values(MARK),
                            db.deleteFrom(NOTE).where(NOTE_TEXT.eq("none")),
                            db.insertInto(NOTE, NOTE_TEXT).values(MARK))
                    .execute();
        }
    },
    BATCHED(3) {
        @Override
        void go(DSLContext db) {
            db.batched(c -> {
                for (int i = 0; i < 3; i++) {
                    EXECUTE.go(c.dsl());
                }
            });
        }
    },
    LOADER(3) {
        @Override
        void go(DSLContext db) {
            db.transaction(tx -> tx.dsl()
                    .loadInto(NOTE)
                    .onErrorAbort()
                    .batchAll()
                    .commitNone()
                    .loadCSV("text\nmark\nmark\nmark\n")
                    .fields(NOTE_TEXT)
                    .execute()
                    .errors()
                    .forEach(error -> {
                        throw error.exception();
                    }));
        }
    },
    ASYNC(1) {
        @Override
        void go(DSLContext db) {
            Scope scope = TenantContext.require();
            Executor executor =
                    task -> new Thread(() -> TenantContext.where(scope).run(task)).start();
            db.insertInto(NOTE, NOTE_TEXT)
                    .values(MARK)
                    .executeAsync(executor)
                    .toCompletableFuture()
                    .join();
        }
    },
    TRANSACTION(2) {
        @Override
        void go(DSLContext db) {
            db.transaction(tx -> {
                EXECUTE.go(tx.dsl());
                EXECUTE.go(tx.dsl());
            });
        }
    },
    SAVEPOINT(2) {
        @Override
        void go(DSLContext db) {
            db.transaction(tx -> {
                EXECUTE.go(tx.dsl());
                try {
                    tx.dsl().transaction(nested -> {
                        EXECUTE.go(nested.dsl());
                        throw new IllegalStateException("back to the savepoint");
                    });
                } catch (IllegalStateException _) {
                    EXECUTE.go(tx.dsl());
                }
            });
        }
    },
    PLAIN_JDBC(1) {
        @Override
        void go(DSLContext db) {
            db.connection(c -> {
                try (PreparedStatement insert = c.prepareStatement("insert into note (text) values (?)")) {
                    insert.setString(1, MARK);
                    insert.executeUpdate();
                }
            });
        }
    },
    GENERATED_KEYS(1) {
        @Override
        void go(DSLContext db) {
            db.connection(c -> {
                try (Statement insert = c.createStatement()) {
                    insert.executeUpdate(
                            "insert into note (text) values ('" + MARK + "')", Statement.RETURN_GENERATED_KEYS);
                }
            });
        }
    },
    CALL(0) {
        @Override
        void go(DSLContext db) {
            db.connection(c -> {
                try (var call = c.prepareCall("{call pg_backend_pid()}")) {
                    call.execute();
                }
            });
        }
    },
    DERIVED_CONTEXT(1) {
        @Override
        void go(DSLContext db) {
            db.connection(c -> EXECUTE.go(DSL.using(db.configuration().derive(new DefaultConnectionProvider(c)))));
        }
    };

    static final String MARK = "mark";

    private final int rows;

    Way(int rows) {
        this.rows = rows;
    }

    /** How many rows with the text {@link #MARK} it adds. */
    int rows() {
        return rows;
    }

    abstract void go(DSLContext db);
}
