/** Examines a database for gaps in row-level security, and reports them. */
module dev.boundary.doctor {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.rls;
    requires org.slf4j;

    exports dev.boundary.doctor;

    // Files of SQL.
    opens dev.boundary.doctor.catalog to
            dev.boundary.rls;
}
