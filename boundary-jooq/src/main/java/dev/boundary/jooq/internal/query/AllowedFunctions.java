package dev.boundary.jooq.internal.query;

import java.util.Locale;
import java.util.Set;
import org.jooq.Name;
import org.jooq.impl.DSL;

/**
 * The database functions that a tenant's statement may call. A function can read whatever its text or its owner can, so
 * only declared ones are allowed, and those that are known to look at nothing but their arguments.
 *
 * <p>A name without a schema could be that of a user's function, also if PostgreSQL has one of that name. So what a
 * user names is either written with the schema {@code pg_catalog} or declared; jOOQ's own names stay as they are.
 */
final class AllowedFunctions {

    private static final String CATALOG = "pg_catalog";

    /** PostgreSQL's own (manual, chapter 9), except those that run SQL or read settings or other objects. */
    private static final Set<String> IN_CATALOG = words("""
            abbrev abs acos acosd acosh age any_value area array_agg array_append array_cat array_dims array_fill
            array_length array_lower array_ndims array_position array_positions array_prepend array_remove
            array_replace array_reverse array_sort array_to_json array_to_string array_to_tsvector array_upper ascii
            asin asind asinh atan atan2 atan2d atand atanh avg bit_and bit_count bit_length bit_or bit_xor bool_and
            bool_or box broadcast btrim cardinality casefold cbrt ceil ceiling center char_length character_length chr
            circle clock_timestamp concat concat_ws convert_from convert_to corr cos cosd cosh cot cotd count covar_pop
            covar_samp crc32 crc32c cume_dist current_database current_schema current_user currval date_add date_bin
            date_part date_subtract date_trunc decode degrees dense_rank diameter div encode enum_first enum_last
            enum_range erf erfc every exp extract factorial family first_value floor format gamma gcd gen_random_uuid
            generate_series generate_subscripts get_bit get_byte height host hostmask initcap inet_merge
            inet_same_family isclosed isempty isfinite isopen json_agg json_array_elements json_array_elements_text
            json_array_length json_build_array json_build_object json_each json_each_text json_extract_path
            json_extract_path_text json_object json_object_agg json_object_keys json_strip_nulls json_typeof jsonb_agg
            jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object
            jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object
            jsonb_object_agg jsonb_object_keys jsonb_path_exists jsonb_path_match jsonb_path_query
            jsonb_path_query_array jsonb_path_query_first jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls
            jsonb_to_record jsonb_to_recordset jsonb_typeof justify_days justify_hours justify_interval lag last_value
            lastval lcm lead left length lgamma line ln log log10 lower lower_inc lower_inf lpad lseg ltrim make_date
            make_interval make_time make_timestamp make_timestamptz masklen max md5 min min_scale mod mode multirange
            netmask network nextval normalize now npoints nth_value ntile num_nonnulls num_nulls numnode octet_length
            overlay parse_ident path percent_rank percentile_cont percentile_disc phraseto_tsquery pi plainto_tsquery
            point polygon popen position pow power quote_ident quote_literal quote_nullable radians radius random
            random_normal range_agg range_intersect_agg range_merge rank regexp_count regexp_instr regexp_like
            regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr
            regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy repeat replace
            reverse right round row_number row_to_json rpad rtrim scale session_user set_bit set_byte set_masklen
            setweight sha224 sha256 sha384 sha512 sign sin sind sinh slope split_part sqrt starts_with
            statement_timestamp stddev stddev_pop stddev_samp string_agg string_to_array string_to_table strip strpos
            substr substring sum tan tand tanh text timezone to_ascii to_char to_date to_hex to_json to_jsonb to_number
            to_timestamp to_tsquery to_tsvector transaction_timestamp translate trim_array trim_scale trunc ts_delete
            ts_filter ts_headline ts_rank ts_rank_cd tsquery_phrase tsvector_to_array unistr unnest upper upper_inc
            upper_inf uuidv4 uuidv7 var_pop var_samp variance version websearch_to_tsquery width width_bucket xmlagg
            xmlcomment xpath xpath_exists
            """);

    /** PostgreSQL's grammar knows them, so without quotes no function of a user is meant. */
    private static final Set<String> SYNTAX = words("""
            coalesce current_date current_time current_timestamp greatest grouping least localtime localtimestamp
            nullif row trim xmlconcat xmlelement xmlforest xmlpi
            """);

    /** How jOOQ calls what it renders in other words, or as syntax. */
    private static final Set<String> JOOQ_OWN = words("""
            approx_count_distinct approx_percentile_cont approx_percentile_disc bit_and_agg bit_nand_agg bit_nor_agg
            bit_or_agg bit_xnor_agg bit_xor_agg count_large_multiple count_multiple json_array json_arrayagg
            json_objectagg json_query json_value listagg max_by median min_by multiset_agg product ratio_to_report
            """);

    private final Set<String> declared;

    AllowedFunctions(Set<String> declared) {
        this.declared = declared;
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    /** Whether a function may be called by this name. */
    boolean contains(Name name) {
        if (declared.contains(name.unquotedName().toString())) {
            return true;
        }
        String function = function(name);
        if (name.parts().length > 1) {
            return CATALOG.equals(name.first()) && IN_CATALOG.contains(function);
        }
        return IN_CATALOG.contains(function)
                || (isUnquoted(name) && SYNTAX.contains(function))
                || (isOfJooq(name) && JOOQ_OWN.contains(function));
    }

    /** The name of an allowed function as it must be written so that no other function is meant. */
    Name unambiguous(Name name) {
        boolean certain = isOfJooq(name)
                || name.parts().length > 1
                || declared.contains(name.unquotedName().toString());
        String function = function(name);
        return certain || !IN_CATALOG.contains(function) ? name : DSL.name(CATALOG, function);
    }

    /** As PostgreSQL reads it: in lower case unless it is quoted. */
    private static String function(Name name) {
        String last = String.valueOf(name.last());
        return isUnquoted(name) ? last.toLowerCase(Locale.ROOT) : last;
    }

    private static boolean isUnquoted(Name name) {
        return isOfJooq(name) || name.quoted() == Name.Quoted.UNQUOTED;
    }

    private static boolean isOfJooq(Name name) {
        return name.quoted() == Name.Quoted.SYSTEM;
    }
}
