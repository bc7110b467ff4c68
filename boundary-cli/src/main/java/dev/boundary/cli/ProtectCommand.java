package dev.boundary.cli;

import dev.boundary.rls.doctor.MendScript;
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

    @Override
    public Integer call() throws SQLException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(MendScript.of(examination.examine()));
        out.flush();
        return BoundaryCli.OK;
    }
}
