package dev.boundary.jooq.internal.query;

/** What the query layer itself puts into a statement: complete as it is, so that its parts are not looked at again. */
sealed interface Trusted permits TenantPredicate, ParentKey {}
