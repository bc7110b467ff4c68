package dev.boundary.jooq.internal.session;

import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * What statements left on a session that the next tenant would get. It is looked for when the connection comes back,
 * and only if statements were executed that may leave something. For one physical connection; used by one thread at a
 * time.
 */
final class SessionLeftovers {

    private static final SqlFile SQL = SqlFile.of(SessionLeftovers.class);

    /** Settings that are not the server's own are not listed by it, so their names are taken from the statements. */
    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\bset_config\\s*\\(\\s*E?'([\\w.]+)'|\\bset\\s+(?:session\\s+)?([\\w\".]+\\.[\\w\"]+)");

    /** The settings of the session before any statement could change one, as JSON; null before the first. */
    private @Nullable String settings;

    private boolean suspected;

    /** Their values before the first statement that names them. */
    private final Map<String, String> named = new TreeMap<>();

    /** What the connection's own methods changed, which pools reset themselves, some of them. */
    private final Set<String> changedByMethods = new HashSet<>();

    /** A statement is about to be executed that may leave something. */
    void suspect(BaseConnection driver, String sql) throws SQLException {
        if (settings == null) {
            settings = value(driver, SQL.text("settings"));
        }
        suspected = true;
        for (MatchResult found : NAMED.matcher(sql).results().toList()) {
            String name = name(found);
            if (name.contains(".") && !named.containsKey(name)) {
                named.put(
                        name,
                        value(
                                driver,
                                SQL.template("value").literal("name", name).fill()));
            }
        }
    }

    private static String name(MatchResult found) {
        String name = found.group(1) == null ? found.group(2) : found.group(1);
        return name.replace("\"", "").toLowerCase(Locale.ROOT);
    }

    /** A method of the connection is about to change a setting. */
    void suspectMethod(BaseConnection driver, String setting) throws SQLException {
        suspect(driver, "");
        changedByMethods.add(setting);
    }

    boolean isSuspected() {
        return suspected;
    }

    /**
     * What was left; nothing is suspected any more if there is nothing.
     */
    List<String> find(BaseConnection driver) throws SQLException {
        List<String> found = new ArrayList<>();
        boolean byMethods = false;
        try (ResultSet rows = driver.execSQLQuery(SQL.template("leftovers")
                .literal("settings", known())
                .textArray("names", named.keySet())
                .textArray("values", named.values())
                .fill())) {
            while (rows.next()) {
                boolean byMethod = changedByMethods.contains(String.valueOf(rows.getString(2)));
                byMethods |= byMethod;
                if (!byMethod) {
                    found.add(rows.getString(1));
                }
            }
        }
        if (found.isEmpty()) {
            restoreIf(byMethods, driver);
            forget();
        }
        return found;
    }

    private void restoreIf(boolean changed, BaseConnection driver) throws SQLException {
        if (changed) {
            for (String setting : changedByMethods) {
                driver.execSQLUpdate("reset " + setting);
            }
            restore(driver);
        }
    }

    /** Resets what can be reset; it must be looked for again. */
    void reset(BaseConnection driver) throws SQLException {
        deallocate(driver);
        driver.execSQLUpdate(SQL.text("reset"));
        restore(driver);
    }

    private static void deallocate(BaseConnection driver) throws SQLException {
        String all = value(
                driver,
                "select pg_catalog.string_agg('deallocate ' || pg_catalog.quote_ident(name), ';')"
                        + " from pg_catalog.pg_prepared_statements where from_sql");
        if (!all.isEmpty()) {
            driver.execSQLUpdate(all);
        }
    }

    private void restore(BaseConnection driver) throws SQLException {
        value(driver, SQL.template("restore").literal("settings", known()).fill());
    }

    private String known() {
        return settings == null ? "{}" : settings;
    }

    private void forget() {
        suspected = false;
        changedByMethods.clear();
    }

    private static String value(BaseConnection driver, String sql) throws SQLException {
        try (ResultSet row = driver.execSQLQuery(sql)) {
            row.next();
            String value = row.getString(1);
            return value == null ? "" : value;
        }
    }
}
