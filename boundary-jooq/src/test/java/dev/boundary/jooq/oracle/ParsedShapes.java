package dev.boundary.jooq.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Statements from jOOQ's parser. */
final class ParsedShapes extends ShapeGroup {
    ParsedShapes() {
        queries();
        changes();
        parsedConnections();
    }

    private void queries() {
        rewritten("statements from jOOQ's parser", "tables are resolved by name");
        shape(
                "parsed select",
                db -> db.parser()
                        .parseResultQuery(
                                "select b.id, m.name from app.booking b left join app.member m on b.member_id = m.id"
                                        + " where b.price > 5 or m.city is null"));
        shape(
                "parsed full join",
                db -> db.parser()
                        .parseResultQuery("select * from app.booking b full join app.member m on b.id = m.id"));
        shape(
                "parsed union",
                db -> db.parser()
                        .parseResultQuery("select id from app.booking union select id from app.member where id not in"
                                + " (select member_id from app.booking where member_id is not null)"));
    }

    private void changes() {
        shape("parsed update", db -> db.parser().parseQuery("update app.booking set price = 2 where id = 3"));
        shape(
                "parsed delete",
                db -> db.parser().parseQuery("delete from app.booking using app.member m where app.booking.id = m.id"));
        shape(
                "parsed merge",
                db -> db.parser()
                        .parseQuery("merge into app.booking b using app.member m on b.id = m.id"
                                + " when matched then update set note = m.name"));
        shape(
                "parsed insert from select",
                db -> db.parser()
                        .parseQuery("insert into app.booking (id, court_id) select c.id + 900, c.id from app.court c"));
    }

    private void parsedConnections() {
        shape(
                "parsed cte, subqueries, window functions",
                db -> db.parser()
                        .parseResultQuery(
                                "with m as (select id, name from app.member where id in (select member_id from"
                                        + " app.booking)) select name, row_number() over (order by id) from m"
                                        + " where exists (select 1 from app.booking b where b.member_id = m.id)"));
        shape(
                "JDBC through the parser, a query",
                db -> throughParser(db, "select id, note from app.booking where price > ? order by id", 15));
        shape(
                "JDBC through the parser, an outer join",
                db -> throughParser(
                        db,
                        "select m.id from app.member m left join app.booking b on b.member_id = m.id and b.price > ?"
                                + " where b.id is null order by m.id",
                        15));
        shape("JDBC through the parser, a change", db -> {
            try (Connection connection = parsing(db);
                    PreparedStatement statement =
                            connection.prepareStatement("update app.booking set note = ? where price > ?")) {
                statement.setString(1, "changed");
                statement.setInt(2, 15);
                return statement.executeUpdate();
            } catch (SQLException e) {
                throw new DataAccessException("through the parser", e);
            }
        });
    }

    private static List<Object> throughParser(DSLContext db, String sql, int value) {
        List<Object> result = new ArrayList<>();
        try (Connection connection = parsing(db);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, value);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    result.add(rows.getObject(1));
                }
            }
            return result;
        } catch (SQLException e) {
            throw new DataAccessException("through the parser", e);
        }
    }

    /** Not cached, as Boundary sets it: what jOOQ keeps has the tenant in it. */
    private static Connection parsing(DSLContext db) {
        return DSL.using(db.configuration().deriveSettings(settings -> settings.withCacheParsingConnection(false)))
                .parsingConnection();
    }
}
