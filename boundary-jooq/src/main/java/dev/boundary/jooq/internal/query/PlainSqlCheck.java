package dev.boundary.jooq.internal.query;

import java.util.Set;
import java.util.regex.Pattern;
import org.jooq.Configuration;
import org.jooq.DataType;
import org.jooq.Decfloat;
import org.jooq.Field;
import org.jooq.Keyword;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Row;
import org.jooq.SQL;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.conf.SettingsTools;
import org.jooq.impl.AbstractRoutine;
import org.jspecify.annotations.Nullable;

/**
 * Checks text that becomes part of a statement as it is. What it reads cannot be determined, so it is refused unless
 * jOOQ itself wrote it.
 */
final class PlainSqlCheck {

    /** In a call of a generated routine. */
    private static final String NAMED_ARGUMENT = "{0} := {1}";

    /** From a generated routine that is executed. */
    private static final String ONLY_ARGUMENT = "{0}";

    /** What {@code DSLContext.explain} sends. */
    private static final String EXPLAIN = "{explain} {0}";

    /** A column of {@code jsonTable}, with the type that it is cast to. */
    private static final String JSON_COLUMN = "cast((jsonb_path_query_first(j, cast({0} as jsonpath))->>0) as {1})";

    /** What jOOQ itself writes this way. None of it can name a table or leave a parenthesis open. */
    private static final Set<String> JOOQ_OWN = Set.of(
            // operators
            "+",
            "-",
            "*",
            "/",
            "%",
            "||",
            "|",
            "&",
            "^",
            "#",
            "@",
            "$",
            "!",
            "?",
            "=",
            "<",
            ">",
            // templates and constants
            "{0}",
            "{0} => {1}",
            NAMED_ARGUMENT,
            EXPLAIN,
            JSON_COLUMN,
            "null",
            "o",
            "0.0e0",
            "({select} 0)",
            "cast({0} as jsonpath)",
            "xpath({0}, {1})");

    /** In braces in the above; none of them makes a statement of what it is put into. */
    private static final Set<String> JOOQ_OWN_WORDS = Set.of("select", "explain", "with", "ordinality", "as");

    private static final Set<String> JOOQ_OWN_TABLES = Set.of(
            ONLY_ARGUMENT,
            "json_object_keys({0}) as j(j)",
            "jsonb_path_query({0}, cast({1} as jsonpath)) {as} t(j)",
            "jsonb_path_query({0}, cast({1} as jsonpath)) {with} {ordinality} {as} t(j, o)");

    /** Words, perhaps quoted or qualified, lengths in parentheses, brackets of arrays. */
    private static final Pattern TYPE_NAME = Pattern.compile("[\\w \".$]+(\\([\\d, ]*\\)[\\w ]*)?(\\[\\d*\\])*");

    /** Identifiers that need no quotes, perhaps qualified within one text. */
    private static final Pattern IDENTIFIERS =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*(\\.[\\p{L}_][\\p{L}\\p{N}_$]*)*");

    /** The only one of jOOQ's own names that is none. */
    private static final String GROUPING_SETS = "grouping sets";

    private final Refusals refusals;
    private final Configuration configuration;

    /** For one rendering. */
    PlainSqlCheck(Refusals refusals, Configuration configuration) {
        this.refusals = refusals;
        this.configuration = configuration;
    }

    void checkText(SQL sql, @Nullable QueryPart parent) {
        Set<String> allowed = parent instanceof Table ? JOOQ_OWN_TABLES : JOOQ_OWN;
        if (!allowed.contains(sql.toString())) {
            refuse("Its text could read or change any table, and the query layer does not parse SQL text.");
        }
    }

    /** Checks an argument of a template: its meaning must not depend on the text around it. */
    void checkArgument(QueryPart argument, SQL sql, @Nullable QueryPart parent) {
        if (parent instanceof Table && sql.toString().equals(ONLY_ARGUMENT) && !isRoutine(argument)) {
            refuse("Its text is used as a table, and even a bare name would be one.");
        }
        switch (argument) {
            case Name name when sql.toString().equals(NAMED_ARGUMENT) -> {}
            case Field<?> fieldOrCondition -> {}
            case Row row -> {}
            case Select<?> select -> {}
            case SQL text -> {} // is checked itself
            case Keyword keyword when JOOQ_OWN_WORDS.contains(keyword.toString()) -> {}
            case Keyword type when sql.toString().equals(JSON_COLUMN) -> checkTypeName(type.toString());
            case Query query when sql.toString().equals(EXPLAIN) -> {} // is rewritten, or refused
            default -> refuseArgument(argument);
        }
    }

    private void refuseArgument(QueryPart argument) {
        refuse("Something is inserted into SQL text (" + describe(argument)
                + "), where the query layer cannot see what happens to it.");
    }

    private static String describe(QueryPart part) {
        return switch (part) {
            case Table<?> table -> "table " + table.getName();
            case Name name -> "name " + name.unquotedName();
            case Keyword keyword -> "keyword";
            default -> part.getClass().getSimpleName();
        };
    }

    /** Whether it is the call of a generated routine, whose function is announced next. No one else can create one. */
    static boolean isRoutine(QueryPart part) {
        return part.getClass().getEnclosingClass() == AbstractRoutine.class;
    }

    /** Checks the name of a type that a value is cast to, which jOOQ renders as it is. */
    void checkType(DataType<?> type) {
        checkTypeName(type.getCastTypeName(configuration));
    }

    private void checkTypeName(String name) {
        if (!TYPE_NAME.matcher(name).matches()) {
            refuse("A value is cast to a data type whose name is SQL text: " + name + ".");
        }
    }

    /** Checks a name that is not put into quotes: its text is then part of the statement. */
    void checkName(Name name) {
        String text = name.last();
        if (name.qualified() || text == null || isQuoted(name)) {
            return; // the parts of a qualified name are announced one by one
        }
        if (!IDENTIFIERS.matcher(text).matches() && !text.equals(GROUPING_SETS)) {
            refuse("A name is written without quotes and is not an identifier: " + text + ".");
        }
    }

    /** Checks a value that jOOQ may write into the SQL without quotes, whatever text it holds. */
    void checkValue(Param<?> param) {
        if (param.getValue() instanceof Decfloat value) {
            refuse("PostgreSQL has no type for the value, which would be SQL text: " + value.data() + ".");
        }
    }

    private boolean isQuoted(Name name) {
        Name.Quoted quoted = name.quoted();
        return quoted != Name.Quoted.SYSTEM
                && switch (SettingsTools.getRenderQuotedNames(configuration.settings())) {
                    case ALWAYS -> true;
                    case EXPLICIT_DEFAULT_QUOTED -> quoted != Name.Quoted.UNQUOTED;
                    case EXPLICIT_DEFAULT_UNQUOTED -> quoted == Name.Quoted.QUOTED;
                    case NEVER -> false;
                };
    }

    private void refuse(String why) {
        refusals.refuse("plain SQL in a statement", why, "Write it with jOOQ's DSL. " + Refusals.RLS_ONLY);
    }
}
