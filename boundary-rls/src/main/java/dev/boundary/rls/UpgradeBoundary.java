package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;

/**
 * Brings schema {@code boundary} of an earlier version of this library to {@link InstallBoundary#LAYOUT_VERSION}. It does
 * nothing where that version is installed already, so that one change log serves old and new databases.
 */
public record UpgradeBoundary() implements RlsChange {

    @Override
    public String name() {
        return "upgradeBoundary";
    }

    @Override
    public String object() {
        return "boundary to " + InstallBoundary.LAYOUT_VERSION;
    }

    @Override
    public List<String> apply() {
        String createProgress = InstallBoundary.CREATE_RETROFIT_PROGRESS;
        return List.of(PlpgsqlBlock.of(
                "this_change bigint;\ninstalled text;\n",
                Guards.installed() + """
                        select version into strict installed from boundary.installation;
                        if installed not in ('1', %1$s) then
                          raise exception using errcode = '55000',
                            message = pg_catalog.format('Version %%s of Boundary is installed, which this library (version %%s) does not know', installed, %1$s),
                            hint = 'Use the library that installed it, or a later one.';
                        end if;
                        """.formatted(Quoting.literal(InstallBoundary.LAYOUT_VERSION))
                        + Undo.begin(this)
                        + "if installed = '1' then\n"
                        + (Undo.step("update boundary.installation set version = '1'")
                                        + Undo.step("drop table boundary.retrofit_progress")
                                        + createProgress + ";\n"
                                        + "update boundary.installation set version = '2';\n"
                                        + OWNER_GRANTS)
                                .indent(2)
                        + "end if;\n"));
    }

    /** Whoever may write the other tables of the schema may write the new one. */
    private static final String OWNER_GRANTS = """
            declare
              grantee pg_catalog.regrole;
            begin
              for grantee in select distinct a.grantee from pg_catalog.pg_class c cross join pg_catalog.aclexplode(c.relacl) a
                  where c.oid = 'boundary.undo_step'::pg_catalog.regclass and a.privilege_type = 'INSERT' and a.grantee <> c.relowner loop
                execute pg_catalog.format('grant select, insert, update, delete on boundary.retrofit_progress to %s', grantee);
              end loop;
            end;
            """;

    @Override
    public List<String> rollback() {
        return Undo.restore(this);
    }

    @Override
    public String confirmation() {
        return "Boundary is at version " + InstallBoundary.LAYOUT_VERSION;
    }
}
