package dev.boundary.cli;

import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints a script that would fix all findings. */
@Command(
        name = "protect",
        description = "Prints the SQL script that would fix all findings, in a safe order. Runs nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:the command line cannot be used", "3:the database cannot be reached or read"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary protect --app-role boundary_app > protect.sql",
        })
final class ProtectCommand extends CliCommand {

    @Mixin
    private ExaminationOptions examination = new ExaminationOptions();

    @Mixin
    private RoleOptions roles = new RoleOptions();

    @Override
    public Integer call() throws SQLException {
        print(examination.protect(cliEnvironment(), roles.owner(), roles.admin()));
        return ExitCode.OK;
    }
}
