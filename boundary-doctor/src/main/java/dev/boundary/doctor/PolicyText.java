package dev.boundary.doctor;

import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the text of a policy that is not Boundary's says, as PostgreSQL prints it: names are resolved, parentheses and
 * casts are explicit, so the same condition always reads the same. These are signs, not proofs.
 */
final class PolicyText {

    private static final String SETTING = "(?:current_setting|current_tenant_id|current_tenant)\\(";
    /** Anything up to the next comparison or connective. */
    private static final String SAME_TERM = "(?:(?! OR | AND )[^=<>])*?";

    private static final Pattern MISSING_TENANT_PASSES =
            Pattern.compile(SETTING + SAME_TERM + " ?(?:IS NULL|= ''::text)");
    private static final Pattern COMPARED_WITH_WORD = Pattern.compile(SETTING + SAME_TERM + " = '[^']+'::text");
    private static final Pattern READ_SETTING = Pattern.compile("current_setting\\('([^']+)'::text");
    private static final Pattern CURRENT_USER =
            Pattern.compile("\\b(?:CURRENT_USER|SESSION_USER|CURRENT_ROLE)\\b|\"current_user\"\\(|session_user\\(");

    private final String text;

    PolicyText(String text) {
        this.text = ExpectedPredicate.normal(text);
    }

    /** The conditions that a policy has. */
    static Stream<PolicyText> of(Policy policy) {
        return Stream.of(Optional.ofNullable(policy.using()), Optional.ofNullable(policy.check()))
                .flatMap(Optional::stream)
                .map(PolicyText::new);
    }

    boolean always() {
        return text.equals("true") || text.equals("(true)");
    }

    /** A missing tenant makes it true: {@code ... IS NULL OR}, or COALESCE to the row's own tenant. */
    boolean failsOpen(ExaminedTable table) {
        if (text.contains(" OR ") && MISSING_TENANT_PASSES.matcher(text).find()) {
            return true;
        }
        Column tenant = table.tenant();
        return tenant != null
                && Pattern.compile("COALESCE\\(.*" + SETTING + ".*, (?:\\()?(?:\\w+\\.)?"
                                + Pattern.quote(tenant.quoted()) + "(?:\\)::[a-z ]+)?\\)")
                        .matcher(text)
                        .find();
    }

    /** Another setting than the tenant's opens it, or the tenant's compared with a word. */
    boolean opensBySetting(String variable) {
        return text.contains(" OR ")
                && (READ_SETTING
                                .matcher(text)
                                .results()
                                .anyMatch(read -> !read.group(1).equals(variable))
                        || COMPARED_WITH_WORD.matcher(text).find());
    }

    boolean readsSettingWithoutNullif() {
        return text.contains("current_setting(") && !text.contains("NULLIF(");
    }

    boolean dependsOnUser() {
        return CURRENT_USER.matcher(text).find();
    }

    /** For a table with a tenant column: it is named. Otherwise: another table or the session is asked. */
    boolean mentionsTenant(ExaminedTable table) {
        Column tenant = table.tenant();
        if (tenant == null) {
            return text.contains("SELECT") || text.contains("current_") || text.contains("(");
        }
        return Pattern.compile("(?<![\\w$\"])" + Pattern.quote(tenant.quoted()) + "(?![\\w$\"])")
                .matcher(text)
                .find();
    }
}
