package dev.boundary.jooq.internal.query;

/**
 * What the query layer itself puts into a statement: complete as it is, so that its parts are not looked at again, except
 * for each {@link UserValue} in it.
 */
sealed interface Trusted permits TenantPredicate, ParentKey {}
