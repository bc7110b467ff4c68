package dev.boundary.cli;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what would mend everything. */
@Command(
        name = "protect",
        description = "Prints the SQL script that would mend all findings, in a safe order. Runs nothing.",
        mixinStandardHelpOptions = true)
final class ProtectCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ExaminationOptions examination = new ExaminationOptions();

    @Mixin
    private RoleOptions roles = new RoleOptions();

    @Override
    public Integer call() throws SQLException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(examination.protect(roles.owner(), roles.admin()));
        out.flush();
        return BoundaryCli.OK;
    }
}
