/**
 * The query layer: rewrites each statement so that it names the tenant, or refuses it.
 *
 * <p>The way of one rendering, from file to file:
 *
 * <ol>
 *   <li>{@link QueryLayer} gives jOOQ a {@code RewritingVisitListener}, to which jOOQ announces the start and the end
 *       of each part.
 *   <li>At the first part {@code RewriteContextFactory} reads the scope and the configuration and creates the
 *       {@code RewriteContext} of the rendering, or decides that there is nothing to do.
 *   <li>{@code StatementVisit} classifies each part by its {@code PartKind}, keeps the {@code PartPath} of the parts
 *       around it, and opens a {@code StatementLevel} for each statement.
 *   <li>The rewriter of the statement's kind replaces the statement: {@code SelectRewriter}, {@code InsertRewriter},
 *       {@code UpdateRewriter}, {@code DeleteRewriter}, {@code MergeRewriter}. Tables in FROM go through
 *       {@code JoinTree} and {@code TableAccess}, which says what a tenant may see of a table; the table that is
 *       changed through {@code TargetCheck}; what is written into it through {@code WriteTarget}.
 *   <li>{@code Predicates} creates each {@code TenantPredicate}; the level expects it to be rendered.
 *   <li>Inside the rewritten statement {@code TableCheck} and {@code PlainSqlCheck} check what no rewriter saw.
 *   <li>When the statement ends, its level refuses it if an expected predicate was not rendered.
 * </ol>
 *
 * <p>Calls go one way along this list. {@code Refusals} is the only place that refuses and publishes.
 */
@NullMarked
package dev.boundary.jooq.internal.query;

import org.jspecify.annotations.NullMarked;
