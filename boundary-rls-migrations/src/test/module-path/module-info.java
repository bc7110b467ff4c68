/** An application that runs its change logs on the module path. */
module com.acme.migrations {
    requires dev.boundary.rls.liquibase;
    requires java.logging;
    requires java.sql;
    requires liquibase.core;
}
