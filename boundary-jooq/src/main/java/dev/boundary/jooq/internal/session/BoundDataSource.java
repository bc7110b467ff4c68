package dev.boundary.jooq.internal.session;

import javax.sql.DataSource;

/** A data source whose connections carry the scope. */
interface BoundDataSource extends DataSource {

    /** Where they come from. */
    DataSource application();
}
