package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Examples for Javadoc; called by the tests. */
final class DoctorSnippets {

    private DoctorSnippets() {}

    static List<Finding> examine(DataSource dataSource) throws SQLException {
        // @start region="examine"
        Doctor doctor = Doctor.builder().applicationRole("boundary_app").build();
        try (Connection connection = dataSource.getConnection()) {
            return doctor.examine(connection).atLeast(Severity.HIGH);
        }
        // @end
    }
}
