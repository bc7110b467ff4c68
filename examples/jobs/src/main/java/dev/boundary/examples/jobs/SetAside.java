package dev.boundary.examples.jobs;

import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.boundary.core.propagation.CarrierException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Jobs and messages without a valid tenant, for people to examine. The table belongs to no tenant. */
final class SetAside {

    private final DataSource application;

    SetAside(DataSource application) {
        this.application = application;
    }

    void job(TaskInstance<?> job, Reason reason) {
        add(job.getTaskName() + "/" + job.getId(), reason, String.valueOf(job.getData()));
    }

    void message(Message message, Reason reason) {
        add("message/" + message.key(), reason, message.value());
    }

    private void add(String what, Reason reason, String content) {
        try (Connection connection = application.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("insert into set_aside (what, reason, content) values (?, ?, ?)")) {
            statement.setString(1, what);
            statement.setString(2, reason.name());
            statement.setString(3, content);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot set " + what + " aside (" + reason + "); it must not be lost", e);
        }
    }

    /** Everything that was set aside, with the reasons. */
    List<String> list() throws SQLException {
        try (Connection connection = application.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select what || ': ' || reason from set_aside order by what");
                ResultSet rows = statement.executeQuery()) {
            List<String> list = new ArrayList<>();
            while (rows.next()) {
                list.add(rows.getString(1));
            }
            return list;
        }
    }
}
