package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.SqlFile;

/**
 * Views. Without {@code security_invoker} a view reads as its owner, under the owner's policies or none.
 *
 * @param view the view
 */
record ViewSteps(TableName view) {

    private static final SqlFile SQL = SqlFile.of(ViewSteps.class);

    /** PL/pgSQL that stops the change of a view that cannot be made safe; needs {@code rel}. */
    String guards() {
        return lines(
                SQL.template("server-has-security-invoker")
                        .literal("view", view.toString())
                        .fill(),
                new TableGuards(view).owned("view"),
                SQL.template("can-be-protected")
                        .literal("view", view.toString())
                        .fill());
    }

    ChangeStep securityInvoker() {
        return ChangeStep.of(
                "",
                SQL.text("remember-security-invoker"),
                "alter view " + view.quoted() + " set (security_invoker = true)");
    }
}
